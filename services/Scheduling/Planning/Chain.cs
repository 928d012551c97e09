namespace Training.Scheduling.Planning;

/// <summary>
/// Kempe chains: a meeting changes to another slot, those it would clash with there change to its old slot, those they would clash with follow, and so on. Gets
/// through where every single move clashes.
/// </summary>
sealed class Chain(CompiledProblem p, Draft draft)
{
    const int Longest = 12;

    readonly int[] members = new int[Longest];
    readonly int[] origin = new int[Longest];
    readonly int[] held = new int[Longest * p.Needs];
    int length;

    public bool Try(int meeting, int slot, double limit, Weights weights)
    {
        if (slot == draft.Slot[meeting] || !Collect(meeting, draft.Slot[meeting], slot)) return false;
        var (hard, soft, from) = (draft.Hard, draft.Soft, draft.Slot[meeting]);
        for (var i = 0; i < length; i++)
        {
            origin[i] = draft.Slot[members[i]];
            draft.Held.AsSpan(members[i] * p.Needs, p.Needs).CopyTo(held.AsSpan(i * p.Needs));
            draft.Remove(members[i]);
        }
        for (var i = 0; i < length; i++)
        {
            var target = origin[i] == from ? slot : from;
            Equip(members[i], target);
            draft.Place(members[i], target);
        }
        if (weights.Of(draft.Hard - hard, draft.Soft - soft) <= limit) return true;

        for (var i = 0; i < length; i++) draft.Remove(members[i]);
        for (var i = 0; i < length; i++)
        {
            held.AsSpan(i * p.Needs, p.Needs).CopyTo(draft.Held.AsSpan(members[i] * p.Needs));
            draft.Place(members[i], origin[i]);
        }
        return false;
    }

    bool Collect(int meeting, int from, int to)
    {
        (members[0], length) = (meeting, 1);
        for (var i = 0; i < length; i++)
        {
            var activity = p.ActivityOf[members[i]];
            var target = draft.Slot[members[i]] == from ? to : from;
            if (p.Duration[activity] > 1 || p.IsLocked[members[i]] || !p.MayStart[(activity * p.Slots) + target]) return false;
            if (draft.ClashesAt(activity, target) == 0) continue;
            foreach (var companion in p.Companions[activity])
                for (var other = p.FirstMeeting[companion]; other < p.FirstMeeting[companion + 1]; other++)
                {
                    if (draft.Slot[other] != target || members.AsSpan(0, length).Contains(other)) continue;
                    if (length == Longest) return false;
                    members[length++] = other;
                }
        }
        return true;
    }

    /// <summary>Keeps each resource that is free in the new slot, and takes the cheapest free one instead of the others.</summary>
    void Equip(int meeting, int slot)
    {
        var activity = p.ActivityOf[meeting];
        for (var need = 0; need < p.NeedCount[activity]; need++)
        {
            ref var resource = ref draft.Held[(meeting * p.Needs) + need];
            if (draft.IsFree(resource, slot, 1)) continue;
            foreach (var candidate in p.Candidates[(activity * p.Needs) + need])
            {
                if (!draft.IsFree(candidate, slot, 1)) continue;
                resource = candidate;
                break;
            }
        }
    }
}
