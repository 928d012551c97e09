namespace Training.Scheduling.Planning;

/// <summary>Brings in a meeting that was left out and leaves out those in its way, or leaves one out, where that pays.</summary>
sealed class Ejection(CompiledProblem p, Draft draft)
{
    const int Most = 6;

    readonly int[] victims = new int[Most];
    readonly int[] origin = new int[Most];
    int count;

    public bool TryLeaveOut(int meeting, double limit, Weights weights)
    {
        var (hard, soft, slot) = (draft.Hard, draft.Soft, draft.Slot[meeting]);
        draft.Remove(meeting);
        if (weights.Of(draft.Hard - hard, draft.Soft - soft) <= limit) return true;
        draft.Place(meeting, slot);
        return false;
    }

    public bool TryBringIn(int meeting, int slot, ref SmallRandom random, double limit, Weights weights)
    {
        if (!Equip(meeting, slot, ref random) || !Collect(meeting, slot)) return false;
        var (hard, soft) = (draft.Hard, draft.Soft);
        for (var i = 0; i < count; i++)
        {
            origin[i] = draft.Slot[victims[i]];
            draft.Remove(victims[i]);
        }
        draft.Place(meeting, slot);
        if (weights.Of(draft.Hard - hard, draft.Soft - soft) <= limit) return true;
        draft.Remove(meeting);
        for (var i = 0; i < count; i++) draft.Place(victims[i], origin[i]);
        return false;
    }

    bool Equip(int meeting, int slot, ref SmallRandom random)
    {
        var activity = p.ActivityOf[meeting];
        for (var need = 0; need < p.NeedCount[activity]; need++)
        {
            var line = (activity * p.Needs) + need;
            var candidates = p.Candidates[line];
            if (candidates.Length == 0) return false;
            var at = random.Below(candidates.Length);
            // Half of the time a free one, so that nobody has to go for it.
            if ((random.Next() & 1) == 0)
            {
                for (var step = 0; step < candidates.Length && !draft.CanServe(line, candidates[at], slot, p.Duration[activity]); step++)
                    at = (at + 1) % candidates.Length;
            }
            draft.Held[(meeting * p.Needs) + need] = candidates[at];
        }
        return true;
    }

    bool Collect(int meeting, int slot)
    {
        var activity = p.ActivityOf[meeting];
        var end = slot + p.Duration[activity];
        count = 0;
        for (var need = 0; need < p.NeedCount[activity]; need++)
        {
            var resource = draft.Held[(meeting * p.Needs) + need];
            for (var t = slot; t < draft.EndOf(resource, end); t++)
                if (!Add(draft.OccupantOf(resource, t))) return false;
        }
        foreach (var before in p.Before[activity])
            for (var other = p.FirstMeeting[before]; other < p.FirstMeeting[before + 1]; other++)
                if (draft.IsPlaced(other) && slot < draft.Slot[other] + p.Duration[before] && !Add(other)) return false;
        foreach (var after in p.After[activity])
            for (var other = p.FirstMeeting[after]; other < p.FirstMeeting[after + 1]; other++)
                if (draft.IsPlaced(other) && draft.Slot[other] < end && !Add(other)) return false;
        if (draft.ClashesAt(activity, slot) == 0) return true;
        foreach (var companion in p.Companions[activity])
            for (var other = p.FirstMeeting[companion]; other < p.FirstMeeting[companion + 1]; other++)
                if (other != meeting && draft.IsPlaced(other) && draft.Slot[other] < end && slot < draft.Slot[other] + p.Duration[companion] && !Add(other)) return false;
        return true;
    }

    bool Add(int victim)
    {
        if (victim == -1 || victims.AsSpan(0, count).Contains(victim)) return true;
        if (victim < 0 || p.IsLocked[victim] || count == Most) return false;
        victims[count++] = victim;
        return true;
    }
}
