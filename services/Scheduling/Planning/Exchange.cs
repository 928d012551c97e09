namespace Training.Scheduling.Planning;

/// <summary>Moves a meeting to another slot and resource, or exchanges it with the meeting that is there.</summary>
sealed class Exchange(CompiledProblem p, Draft draft)
{
    /// <summary>Moves a meeting, and where it meets another one at the resource, that one to where it came from, if that costs no more than the limit.</summary>
    public bool Try(int meeting, int slot, int need, int resource, double limit, Weights weights)
    {
        var activity = p.ActivityOf[meeting];
        var from = draft.Slot[meeting];
        var other = need < 0 ? -1 : draft.OccupantOf(resource, slot);
        if (other == meeting || other < -1) other = -1;
        var left = need < 0 ? -1 : draft.Held[(meeting * p.Needs) + need];
        var otherNeed = -1;
        if (other >= 0)
        {
            if (p.ActivityOf[other] == activity) return false;
            otherNeed = ExchangeNeed(other, meeting, slot, from, resource, left);
            if (otherNeed < 0) return false;
        }

        var clashes = ClashChange(activity, from, slot);
        if (other >= 0)
        {
            var otherActivity = p.ActivityOf[other];
            clashes += ClashChange(otherActivity, slot, from);
            if (p.AreCompanions[(activity * p.ActivityCount) + otherActivity])
                clashes -= 2 * (p.Duration[activity] - Overlap(from, slot, p.Duration[activity]));
        }
        if ((clashes - draft.Hard) * weights.Hard > limit) return false;

        var foreseen = p.IsSimple[activity] && (other < 0 || (p.IsSimple[p.ActivityOf[other]] && !p.AreOrdered(activity, p.ActivityOf[other])));
        if (foreseen)
        {
            var change = draft.ChangeBy(meeting, slot, resource, other);
            if (weights.Of(change.Hard + clashes, change.Soft) > limit) return false;
        }

        var (hard, soft) = (draft.Hard, draft.Soft);
        var (meetingHeld, otherHeld) = ((meeting * p.Needs) + need, (other * p.Needs) + otherNeed);
        draft.Lift(meeting);
        if (other >= 0)
        {
            draft.Lift(other);
            draft.Held[otherHeld] = left;
            draft.Put(other, from);
        }
        if (need >= 0) draft.Held[meetingHeld] = resource;
        draft.Put(meeting, slot);

        if (foreseen || weights.Of(draft.Hard + clashes - hard, draft.Soft - soft) <= limit)
        {
            Resettle(meeting, from, slot);
            if (other >= 0) Resettle(other, slot, from);
            draft.Hard += clashes;
            return true;
        }

        draft.Lift(meeting);
        if (need >= 0) draft.Held[meetingHeld] = left;
        if (other >= 0)
        {
            draft.Lift(other);
            draft.Held[otherHeld] = resource;
            draft.Put(other, slot);
        }
        draft.Put(meeting, from);
        return false;
    }

    /// <summary>The need for which the other meeting holds the resource, if it can take the exchange.</summary>
    int ExchangeNeed(int other, int meeting, int slot, int from, int resource, int left)
    {
        var activity = p.ActivityOf[other];
        if (p.IsLocked[other] || draft.Slot[other] != slot || p.Duration[activity] != p.Duration[p.ActivityOf[meeting]]) return -1;
        if (!p.MayStart[(activity * p.Slots) + from]) return -1;
        for (var need = 0; need < p.NeedCount[activity]; need++)
            if (draft.Held[(other * p.Needs) + need] == resource)
                return p.ResourcePrice[(((activity * p.Needs) + need) * p.ResourceCount) + left] >= 0 ? need : -1;
        return -1;
    }

    int ClashChange(int activity, int from, int to)
    {
        if (from == to) return 0;
        var change = draft.ClashesAt(activity, to) - draft.ClashesAt(activity, from);
        // A meeting of an activity with several meetings counts itself among the companions where it is now.
        return p.AreCompanions[(activity * p.ActivityCount) + activity]
            ? change + p.Duration[activity] - Overlap(from, to, p.Duration[activity])
            : change;
    }

    static int Overlap(int from, int to, int duration) => Math.Max(0, duration - Math.Abs(from - to));

    void Resettle(int meeting, int from, int to)
    {
        if (from == to) return;
        draft.Enter(meeting, from, -1);
        draft.Enter(meeting, to, 1);
    }
}
