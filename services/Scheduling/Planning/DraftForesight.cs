namespace Training.Scheduling.Planning;

/// <content>Prices moves without making them, which is what a search does most.</content>
sealed partial class Draft
{
    /// <summary>
    /// What moving a meeting of a simple activity would change, group clashes aside, without moving it; with <paramref name="other"/>, what exchanging the two
    /// would change. Only for exchanges between activities that no precedence relates.
    /// </summary>
    public (int Hard, int Soft) ChangeBy(int meeting, int slot, int resource, int other)
    {
        var activity = p.ActivityOf[meeting];
        var (from, left) = (Slot[meeting], Held[meeting * needs]);
        var hard = OutOfOrder(activity, slot) - OutOfOrder(activity, from);
        if (other < 0)
            return (hard + ClashChange(left, from, resource, slot, p.Duration[activity]) + HoursChange(left, resource, p.Duration[activity]),
                SoftChange(activity, from, slot, left, resource, -1) + MovedChange(meeting, from, left, slot, resource));

        var with = p.ActivityOf[other];
        hard += OutOfOrder(with, from) - OutOfOrder(with, slot);
        return (hard, SoftChange(activity, from, slot, left, resource, with) + SoftChange(with, slot, from, resource, left, activity)
            + MovedChange(meeting, from, left, slot, resource) + MovedChange(other, slot, resource, from, left));
    }

    int MovedChange(int meeting, int from, int left, int slot, int resource)
    {
        if (p.MovedWeight == 0) return 0;
        var (known, with) = (p.PublishedSlot[meeting], p.PublishedHeld[meeting * needs]);
        return p.MovedWeight * ((known == from && with == left ? 1 : 0) - (known == slot && with == resource ? 1 : 0));
    }

    /// <summary>An exchange of two meetings of equal length changes nobody's hours.</summary>
    int HoursChange(int left, int resource, int duration) =>
        !p.HasHours || left == resource ? 0 : HoursChange(left, -duration) + HoursChange(resource, duration);

    int ClashChange(int left, int from, int resource, int to, int duration)
    {
        var change = 0;
        for (var t = 0; t < duration; t++)
        {
            if (inUse[(left * slots) + from + t] > 1) change--;
            var own = left == resource && to + t >= from && to + t < from + duration ? 1 : 0;
            if (inUse[(resource * slots) + to + t] > own) change++;
        }
        return change;
    }

    int SoftChange(int activity, int from, int to, int left, int resource, int with)
    {
        var line = activity * needs;
        var change = p.ResourcePrice[(line * resources) + resource] - p.ResourcePrice[(line * resources) + left];
        if (left != resource && p.SameResourceWeight[line] > 0)
        {
            if (served[(line * resources) + resource] == 0) change += p.SameResourceWeight[line];
            if (served[(line * resources) + left] == 1) change -= p.SameResourceWeight[line];
        }
        if (from == to) return change;

        change += p.SlotPrice[activity][to] - p.SlotPrice[activity][from];
        var (day, newDay) = (p.DayOf[from], p.DayOf[to]);
        if (day != newDay)
        {
            var used = daysUsed[activity] + (onDay[(activity * days) + newDay] == 0 ? 1 : 0) - (onDay[(activity * days) + day] == 1 ? 1 : 0);
            change += p.SpreadWeight * (Math.Max(0, p.MinDays[activity] - used) - Math.Max(0, p.MinDays[activity] - daysUsed[activity]));
        }

        var duration = p.Duration[activity];
        var gained = ((1UL << duration) - 1) << (to - (newDay * p.SlotsPerDay));
        foreach (var group in p.Patterned[activity])
        {
            // A group that both meetings of an exchange belong to is as busy afterwards as before.
            if (with >= 0 && p.IsPatterned[(with * p.PatternedCount) + group]) continue;
            var lost = 0UL;
            for (var t = from; t < from + duration; t++)
                if (present[(group * slots) + t] == 1) lost |= 1UL << (t - (day * p.SlotsPerDay));
            var mask = busy[(group * days) + day];
            if (day == newDay)
            {
                change += p.PatternPrice(group, (mask & ~lost) | gained) - p.PatternPrice(group, mask);
                continue;
            }
            var newMask = busy[(group * days) + newDay];
            change += p.PatternPrice(group, mask & ~lost) - p.PatternPrice(group, mask) + p.PatternPrice(group, newMask | gained) - p.PatternPrice(group, newMask);
        }
        return change;
    }
}
