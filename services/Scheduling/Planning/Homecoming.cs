namespace Training.Scheduling.Planning;

/// <summary>Puts a published meeting back where and with what people know it; a random move would hardly ever find exactly that place.</summary>
sealed class Homecoming(CompiledProblem p, Draft draft)
{
    readonly int[] left = new int[p.Needs];

    public bool Try(int meeting, double limit, Weights weights)
    {
        var (hard, soft, from) = (draft.Hard, draft.Soft, draft.Slot[meeting]);
        draft.HeldBy(meeting).CopyTo(left);
        draft.Remove(meeting);
        draft.Publish(meeting);
        draft.Place(meeting, p.PublishedSlot[meeting]);
        if (weights.Of(draft.Hard - hard, draft.Soft - soft) <= limit) return true;
        draft.Remove(meeting);
        left.AsSpan(0, p.NeedCount[p.ActivityOf[meeting]]).CopyTo(draft.HeldBy(meeting));
        draft.Place(meeting, from);
        return false;
    }
}
