namespace Training.Scheduling.Planning;

/// <summary>
/// Moves of a meeting that needs several resources: to another slot, where it keeps those that are free and takes free ones for the others, or to another
/// resource in its slot. Most are turned down by what is cheap to read before anything is changed.
/// </summary>
sealed class Relocation(CompiledProblem p, Draft draft)
{
    const int Tries = 6;

    readonly int[] left = new int[p.Needs];
    readonly int[] chosen = new int[p.Needs];

    /// <summary>To another slot; the slack is what rules that aren't foreseen may save.</summary>
    public bool TryMove(int meeting, int slot, ReadOnlySpan<int> reach, ref SmallRandom random, double limit, double slack, Weights weights)
    {
        var (activity, from) = (p.ActivityOf[meeting], draft.Slot[meeting]);
        var isNear = Math.Abs(slot - from) < p.Duration[activity] + (2 * p.Margin[activity]) + 2;
        if (!isNear && draft.ClashesAt(activity, slot) > 0) return false;
        var change = p.SlotPrice[activity][slot] - p.SlotPrice[activity][from];
        for (var need = 0; need < p.NeedCount[activity]; need++)
        {
            var line = (activity * p.Needs) + need;
            var (held, tries) = (draft.Held[(meeting * p.Needs) + need], Tries);
            chosen[need] = held;
            // Where the meeting overlaps itself its own resources look taken.
            while (!isNear && !draft.CanServe(line, chosen[need], slot, p.Duration[activity]))
            {
                if (tries-- == 0) return false;
                chosen[need] = p.Candidates[line][random.Below(reach[line])];
            }
            change += p.ResourcePrice[(line * p.ResourceCount) + chosen[need]] - p.ResourcePrice[(line * p.ResourceCount) + held];
        }
        if ((long)change * weights.Soft > limit + slack || (!isNear && !draft.IsCovered(activity, slot))) return false;

        var (hard, soft) = (draft.Hard, draft.Soft);
        draft.HeldBy(meeting).CopyTo(left);
        draft.Remove(meeting);
        chosen.AsSpan(0, p.NeedCount[activity]).CopyTo(draft.HeldBy(meeting));
        draft.Place(meeting, slot);
        if (weights.Of(draft.Hard - hard, draft.Soft - soft) <= limit) return true;
        draft.Remove(meeting);
        left.AsSpan(0, p.NeedCount[activity]).CopyTo(draft.HeldBy(meeting));
        draft.Place(meeting, from);
        return false;
    }

    /// <summary>Another resource that is free, in the same slot.</summary>
    public bool TryResource(int meeting, int need, int resource, double limit, Weights weights)
    {
        var activity = p.ActivityOf[meeting];
        var held = draft.Held[(meeting * p.Needs) + need];
        if (!draft.CanServe((activity * p.Needs) + need, resource, draft.Slot[meeting], p.Duration[activity])) return false;
        var (hard, soft) = (draft.Hard, draft.Soft);
        draft.Reequip(meeting, need, resource);
        if (weights.Of(draft.Hard - hard, draft.Soft - soft) <= limit) return true;
        draft.Reequip(meeting, need, held);
        return false;
    }
}
