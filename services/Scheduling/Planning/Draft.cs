using System.Collections.Immutable;

namespace Training.Scheduling.Planning;

/// <summary>
/// A plan being changed. <see cref="Lift"/> and <see cref="Put"/> keep the cost exact but for group clashes, which are read by <see cref="ClashesAt"/> and
/// entered by <see cref="Settle"/> and <see cref="Unsettle"/>: they are cheap to read and dear to enter, and most moves tried are not made.
/// </summary>
sealed partial class Draft
{
    readonly CompiledProblem p;
    readonly int slots, activities, days, needs, resources;

    /// <summary>First slot of each meeting, −1 when it isn't placed.</summary>
    public int[] Slot { get; }

    /// <summary>Resource by meeting and need.</summary>
    public int[] Held { get; }

    public int Hard;
    public int Soft;

    // The largest tables count in 16 bits: no slot has 32,768 meetings.
    readonly short[] companionsAt; // slot × activity: meetings there that the activity must not overlap
    readonly int[] inUse;          // resource × slot
    readonly int[] holder;         // resource × slot: meetings there, XORed, so that a single one can be read back
    readonly int[] onDay;          // activity × day
    readonly int[] daysUsed;       // activity
    readonly short[] served;       // activity × need × resource
    readonly int[] servers;        // activity × need
    readonly short[] present;      // group × slot
    readonly ulong[] busy;         // group × day
    readonly int[] drawn;          // profile × slot
    readonly int[] hours;          // resource: slots served
    readonly int[] missing;        // party: people who miss a meeting

    public Draft(CompiledProblem problem)
    {
        p = problem;
        (slots, activities, days, needs, resources) = (p.Slots, p.ActivityCount, p.Days, p.Needs, p.ResourceCount);
        Slot = new int[p.MeetingCount];
        Array.Fill(Slot, -1);
        Held = new int[p.MeetingCount * needs];
        companionsAt = new short[slots * activities];
        inUse = new int[resources * slots];
        holder = new int[resources * slots];
        onDay = new int[activities * days];
        daysUsed = new int[activities];
        served = new short[activities * needs * resources];
        servers = new int[activities * needs];
        present = new short[p.PatternedCount * slots];
        busy = new ulong[p.PatternedCount * days];
        drawn = new int[p.Free.Length];
        hours = new int[resources];
        missing = new int[p.PeopleOf.Length];

        for (var i = 0; i < inUse.Length; i++) inUse[i] = p.Unavailable[i] ? 1 : 0;
        for (var m = 0; m < p.MeetingCount; m++) LeaveOut(p.ActivityOf[m], 1);
        for (var a = 0; a < activities; a++) Soft += p.SpreadWeight * p.MinDays[a];
        Soft += p.MovedWeight * p.PublishedCount;
        foreach (var (meeting, slot, held) in p.Locked)
        {
            held.CopyTo(Held, meeting * needs);
            Place(meeting, slot);
        }
    }

    public bool AnyLeftOut => Slot.AsSpan().Contains(-1);

    public bool IsPlaced(int meeting) => Slot[meeting] >= 0;

    /// <summary>Meetings that may not overlap a meeting of the activity, in the slots it would cover; its own meetings count.</summary>
    public int ClashesAt(int activity, int slot)
    {
        int count = companionsAt[(slot * activities) + activity];
        for (var t = 1; t < p.Duration[activity]; t++) count += companionsAt[((slot + t) * activities) + activity];
        return count;
    }

    /// <summary>The only meeting a resource serves in a slot; −1 when it is free, −2 when there are several or it is unavailable.</summary>
    public int OccupantOf(int resource, int slot)
    {
        var at = (resource * slots) + slot;
        return inUse[at] switch { 0 => -1, 1 when !p.Unavailable[at] => holder[at], _ => -2 };
    }

    public bool IsFree(int resource, int slot, int duration)
    {
        if (p.HasHours && hours[resource] + duration > p.MostSlots[resource]) return false;
        var last = Math.Min(duration + p.Pause[resource], slots - slot);
        for (var t = 0; t < last; t++)
            if (inUse[(resource * slots) + slot + t] > 0) return false;
        return true;
    }

    /// <summary>Whether a resource that could serve a need is free, and still is what the need asks for.</summary>
    public bool CanServe(int line, int resource, int slot, int duration) => !p.HasLapsed(line, resource, slot + duration) && IsFree(resource, slot, duration);

    public bool IsIdle(int resource, int slot) => inUse[(resource * slots) + slot] == 0;

    /// <summary>Slots of meetings a resource serves.</summary>
    public int ServedBy(int resource) => hours[resource];

    /// <summary>Places a meeting with the resources held and enters its clashes.</summary>
    public void Place(int meeting, int slot)
    {
        Hard += ClashesAt(p.ActivityOf[meeting], slot);
        Put(meeting, slot);
        Settle(meeting);
    }

    /// <summary>Takes a meeting out and with it its clashes.</summary>
    public void Remove(int meeting)
    {
        var slot = Slot[meeting];
        Unsettle(meeting);
        Lift(meeting);
        Hard -= ClashesAt(p.ActivityOf[meeting], slot);
    }

    public void Settle(int meeting) => Enter(meeting, Slot[meeting], 1);

    public void Unsettle(int meeting) => Enter(meeting, Slot[meeting], -1);

    /// <summary>Enters that a meeting is, or is no longer, where its companions must not be.</summary>
    public void Enter(int meeting, int slot, int by)
    {
        var activity = p.ActivityOf[meeting];
        var companions = p.Companions[activity];
        for (var t = slot; t < slot + p.Duration[activity]; t++)
        {
            var row = companionsAt.AsSpan(t * activities, activities);
            foreach (var companion in companions) row[companion] += (short)by;
        }
    }

    /// <summary>Whether the resources held, in this slot, are what was published.</summary>
    public bool IsAsPublished(int meeting, int slot) =>
        p.PublishedSlot[meeting] == slot && HeldBy(meeting).SequenceEqual(p.PublishedHeld.AsSpan(meeting * needs, p.NeedCount[p.ActivityOf[meeting]]));

    /// <summary>Takes the resources a meeting was published with.</summary>
    public void Publish(int meeting) => p.PublishedHeld.AsSpan(meeting * needs, p.NeedCount[p.ActivityOf[meeting]]).CopyTo(HeldBy(meeting));

    public Span<int> HeldBy(int meeting) => Held.AsSpan(meeting * needs, p.NeedCount[p.ActivityOf[meeting]]);

    /// <summary>How many slots more a resource serves beyond its limit when it serves so many more.</summary>
    int HoursChange(int resource, int by) =>
        Math.Max(0, hours[resource] + by - p.MostSlots[resource]) - Math.Max(0, hours[resource] - p.MostSlots[resource]);

    void Work(int resource, int by)
    {
        Hard += HoursChange(resource, by);
        hours[resource] += by;
    }

    public void Lift(int meeting)
    {
        var activity = p.ActivityOf[meeting];
        var slot = Slot[meeting];
        if (p.MovedWeight > 0 && IsAsPublished(meeting, slot)) Soft += p.MovedWeight;
        var end = slot + p.Duration[activity];
        var day = p.DayOf[slot];

        for (var need = 0; need < p.NeedCount[activity]; need++) Release(meeting, activity, need, slot, end);

        Soft -= p.SlotPrice[activity][slot];
        if (--onDay[(activity * days) + day] == 0 && --daysUsed[activity] < p.MinDays[activity]) Soft += p.SpreadWeight;

        foreach (var group in p.Patterned[activity])
        {
            ref var mask = ref busy[(group * days) + day];
            var before = mask;
            for (var t = slot; t < end; t++)
                if (--present[(group * slots) + t] == 0) mask &= ~(1UL << (t - (day * p.SlotsPerDay)));
            if (mask != before) Soft += p.PatternPrice(group, mask) - p.PatternPrice(group, before);
        }

        foreach (var (profile, amount, from, to) in p.Draws[(activity * days) + day])
            for (var t = (profile * slots) + Math.Max(from, slot - p.Margin[activity]); t < (profile * slots) + Math.Min(to, end + p.Margin[activity]); t++)
            {
                Hard -= Math.Max(0, drawn[t] - p.Free[t]) - Math.Max(0, drawn[t] - amount - p.Free[t]);
                drawn[t] -= amount;
            }

        Slot[meeting] = -1;
        Hard -= OutOfOrder(activity, slot);
        LeaveOut(activity, 1);
    }

    public void Put(int meeting, int slot)
    {
        var activity = p.ActivityOf[meeting];
        var end = slot + p.Duration[activity];
        var day = p.DayOf[slot];

        for (var need = 0; need < p.NeedCount[activity]; need++) Occupy(meeting, activity, need, slot, end);

        Soft += p.SlotPrice[activity][slot];
        if (++onDay[(activity * days) + day] == 1 && ++daysUsed[activity] <= p.MinDays[activity]) Soft -= p.SpreadWeight;

        foreach (var group in p.Patterned[activity])
        {
            ref var mask = ref busy[(group * days) + day];
            var before = mask;
            for (var t = slot; t < end; t++)
                if (++present[(group * slots) + t] == 1) mask |= 1UL << (t - (day * p.SlotsPerDay));
            if (mask != before) Soft += p.PatternPrice(group, mask) - p.PatternPrice(group, before);
        }

        foreach (var (profile, amount, from, to) in p.Draws[(activity * days) + day])
            for (var t = (profile * slots) + Math.Max(from, slot - p.Margin[activity]); t < (profile * slots) + Math.Min(to, end + p.Margin[activity]); t++)
            {
                drawn[t] += amount;
                Hard += Math.Max(0, drawn[t] - p.Free[t]) - Math.Max(0, drawn[t] - amount - p.Free[t]);
            }

        Hard += OutOfOrder(activity, slot);
        if (p.MovedWeight > 0 && IsAsPublished(meeting, slot)) Soft -= p.MovedWeight;
        Slot[meeting] = slot;
        LeaveOut(activity, -1);
    }

    void Release(int meeting, int activity, int need, int slot, int end)
    {
        var resource = Held[(meeting * needs) + need];
        var line = (activity * needs) + need;
        Soft -= p.ResourcePrice[(line * resources) + resource];
        if (p.HasLapsed(line, resource, end)) Hard--;
        for (var t = (resource * slots) + slot; t < (resource * slots) + EndOf(resource, end); t++)
        {
            if (--inUse[t] >= 1) Hard--;
            holder[t] ^= meeting;
        }
        if (p.HasHours) Work(resource, slot - end);
        if (p.SameResourceWeight[line] > 0 && --served[(line * resources) + resource] == 0 && --servers[line] > 0) Soft -= p.SameResourceWeight[line];
    }

    void Occupy(int meeting, int activity, int need, int slot, int end)
    {
        var resource = Held[(meeting * needs) + need];
        var line = (activity * needs) + need;
        Soft += p.ResourcePrice[(line * resources) + resource];
        if (p.HasLapsed(line, resource, end)) Hard++;
        for (var t = (resource * slots) + slot; t < (resource * slots) + EndOf(resource, end); t++)
        {
            if (++inUse[t] > 1) Hard++;
            holder[t] ^= meeting;
        }
        if (p.HasHours) Work(resource, end - slot);
        if (p.SameResourceWeight[line] > 0 && ++served[(line * resources) + resource] == 1 && ++servers[line] > 1) Soft += p.SameResourceWeight[line];
    }

    /// <summary>Gives a placed meeting another resource for one need and leaves it where it is.</summary>
    public void Reequip(int meeting, int need, int resource)
    {
        var (activity, slot) = (p.ActivityOf[meeting], Slot[meeting]);
        var end = slot + p.Duration[activity];
        if (p.MovedWeight > 0 && IsAsPublished(meeting, slot)) Soft += p.MovedWeight;
        Release(meeting, activity, need, slot, end);
        Held[(meeting * needs) + need] = resource;
        Occupy(meeting, activity, need, slot, end);
        if (p.MovedWeight > 0 && IsAsPublished(meeting, slot)) Soft -= p.MovedWeight;
    }

    /// <summary>Whether the profiles can spare what one more meeting would draw there.</summary>
    public bool IsCovered(int activity, int slot)
    {
        foreach (var (profile, amount, from, to) in p.Draws[(activity * days) + p.DayOf[slot]])
            for (var t = (profile * slots) + Math.Max(from, slot - p.Margin[activity]); t < (profile * slots) + Math.Min(to, slot + p.Duration[activity] + p.Margin[activity]); t++)
                if (drawn[t] + amount > p.Free[t]) return false;
        return true;
    }

    /// <summary>When a resource is free again after a meeting that ends then.</summary>
    public int EndOf(int resource, int end) => Math.Min(slots, end + p.Pause[resource]);

    void LeaveOut(int activity, int sign)
    {
        if (p.LeftOutHard == 1) Hard += sign * p.LeftOutCost[activity];
        else Soft += sign * p.LeftOutCost[activity];
        foreach (var (party, people) in p.Shares[activity])
        {
            Soft -= p.UnevenCost(party, missing[party]);
            missing[party] += sign * people;
            Soft += p.UnevenCost(party, missing[party]);
        }
    }

    int OutOfOrder(int activity, int slot)
    {
        var count = 0;
        foreach (var before in p.Before[activity])
            for (var m = p.FirstMeeting[before]; m < p.FirstMeeting[before + 1]; m++)
                if (Slot[m] >= 0 && slot < Slot[m] + p.Duration[before]) count++;
        foreach (var after in p.After[activity])
            for (var m = p.FirstMeeting[after]; m < p.FirstMeeting[after + 1]; m++)
                if (Slot[m] >= 0 && Slot[m] < slot + p.Duration[activity]) count++;
        return count;
    }

    /// <summary>The plan as others read it.</summary>
    public Plan ToPlan() => ToPlan(Slot, Held);

    /// <summary>Placements remembered elsewhere, as others read them.</summary>
    public Plan ToPlan(int[] slotOf, int[] heldBy) => new([.. Enumerable.Range(0, p.MeetingCount).Where(meeting => slotOf[meeting] >= 0).Select(meeting =>
    {
        var activity = p.ActivityOf[meeting];
        ImmutableArray<string> held = [.. Enumerable.Range(0, p.NeedCount[activity]).Select(need => p.Source.Resources[heldBy[(meeting * needs) + need]].Id)];
        return new Placement(p.Source.Activities[activity].Id, meeting - p.FirstMeeting[activity], slotOf[meeting], held);
    })]);

    /// <summary>Takes over the placements of another draft of the same problem.</summary>
    public void Become(ReadOnlySpan<int> slotsOf, ReadOnlySpan<int> heldBy)
    {
        for (var m = 0; m < p.MeetingCount; m++)
            if (IsPlaced(m)) Remove(m);
        heldBy.CopyTo(Held);
        for (var m = 0; m < p.MeetingCount; m++)
            if (slotsOf[m] >= 0) Place(m, slotsOf[m]);
    }
}
