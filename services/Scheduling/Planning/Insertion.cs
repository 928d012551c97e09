namespace Training.Scheduling.Planning;

/// <summary>Builds a first plan by placing one meeting after the other and moving none.</summary>
static class Insertion
{
    /// <summary>Puts published meetings back where people know them, except those that would break a rule there.</summary>
    public static void Publish(CompiledProblem p, Draft draft)
    {
        for (var meeting = 0; meeting < p.MeetingCount; meeting++)
        {
            if (draft.IsPlaced(meeting) || !p.CanBeAsPublished(meeting)) continue;
            draft.Publish(meeting);
            draft.Place(meeting, p.PublishedSlot[meeting]);
        }
        if (p.PublishedCount > 0) LeaveOutWhatClashes(p, draft);
    }

    /// <summary>What a clerk does: each meeting in the order given, in the first place where it breaks nothing.</summary>
    public static void FirstFit(CompiledProblem p, Draft draft)
    {
        for (var meeting = 0; meeting < p.MeetingCount; meeting++)
            if (!draft.IsPlaced(meeting))
                TryFirst(p, draft, meeting);
    }

    /// <summary>How many rules are broken once the meeting is placed without breaking another one.</summary>
    static int Unbroken(CompiledProblem p, Draft draft, int meeting) => draft.Hard - (p.LeftOutHard * p.LeftOutCost[p.ActivityOf[meeting]]);

    static void TryFirst(CompiledProblem p, Draft draft, int meeting)
    {
        var unbroken = Unbroken(p, draft, meeting);
        foreach (var slot in p.Starts[p.ActivityOf[meeting]])
        {
            if (!Equip(p, draft, meeting, slot)) continue;
            draft.Place(meeting, slot);
            if (draft.Hard == unbroken) return;
            draft.Remove(meeting);
        }
    }

    /// <summary>
    /// Next comes the meeting with the fewest places left, and of these the one with most companions; it goes where it costs least. With <paramref name="force"/>
    /// a meeting without such a place goes where it breaks least, for a search to repair.
    /// </summary>
    public static void Regret(CompiledProblem p, Draft draft, bool force, CancellationToken ct)
    {
        var waiting = new Queue<int>[p.ActivityCount];
        var places = new int[p.ActivityCount];
        int Places(int activity) => p.Starts[activity].Count(slot => draft.ClashesAt(activity, slot) == 0);
        for (var a = 0; a < p.ActivityCount; a++)
        {
            waiting[a] = new(Enumerable.Range(p.FirstMeeting[a], p.FirstMeeting[a + 1] - p.FirstMeeting[a]).Where(meeting => !draft.IsPlaced(meeting)));
            places[a] = Places(a);
        }
        while (!ct.IsCancellationRequested)
        {
            (int Activity, int Places, int Load) next = (-1, int.MaxValue, 0);
            for (var a = 0; a < p.ActivityCount; a++)
            {
                if (waiting[a].Count == 0) continue;
                var (left, load) = (places[a] - waiting[a].Count, p.Companions[a].Length);
                if (left < next.Places || (left == next.Places && load > next.Load)) next = (a, left, load);
            }
            if (next.Activity < 0) return;
            var meeting = waiting[next.Activity].Dequeue();
            PutWhereItCostsLeast(p, draft, meeting, force);
            if (!draft.IsPlaced(meeting)) continue;
            foreach (var companion in p.Companions[next.Activity])
                if (waiting[companion].Count > 0) places[companion] = Places(companion);
        }
    }

    static void PutWhereItCostsLeast(CompiledProblem p, Draft draft, int meeting, bool force)
    {
        var (unbroken, soft) = (Unbroken(p, draft, meeting), draft.Soft);
        (int Hard, int Soft, int Slot) best = (int.MaxValue, 0, -1);
        var held = new int[p.Needs];
        foreach (var slot in p.Starts[p.ActivityOf[meeting]])
        {
            if (!Equip(p, draft, meeting, slot)) continue;
            draft.Place(meeting, slot);
            if ((draft.Hard, draft.Soft).CompareTo((best.Hard, best.Soft)) < 0)
            {
                best = (draft.Hard, draft.Soft, slot);
                Array.Copy(draft.Held, meeting * p.Needs, held, 0, p.Needs);
            }
            draft.Remove(meeting);
        }
        var pays = best.Hard == unbroken && (p.LeftOutHard == 1 || best.Soft <= soft);
        if (best.Slot < 0 || !(pays || force)) return;
        held.CopyTo(draft.Held, meeting * p.Needs);
        draft.Place(meeting, best.Slot);
    }

    /// <summary>Chooses the cheapest free resource for each need, or the cheapest where none is free.</summary>
    static bool Equip(CompiledProblem p, Draft draft, int meeting, int slot)
    {
        var activity = p.ActivityOf[meeting];
        for (var need = 0; need < p.NeedCount[activity]; need++)
        {
            var line = (activity * p.Needs) + need;
            var candidates = p.Candidates[line];
            if (candidates.Length == 0) return false;
            var chosen = Array.FindIndex(candidates, resource => draft.CanServe(line, resource, slot, p.Duration[activity]));
            draft.Held[(meeting * p.Needs) + need] = candidates[Math.Max(0, chosen)];
        }
        return true;
    }

    /// <summary>Takes out meetings until nothing is broken: a plan shows what can't be held rather than a clash.</summary>
    public static void LeaveOutWhatClashes(CompiledProblem p, Draft draft)
    {
        while (true)
        {
            var gain = (Meeting: -1, Hard: 0);
            for (var meeting = 0; meeting < p.MeetingCount; meeting++)
            {
                if (!draft.IsPlaced(meeting) || p.IsLocked[meeting]) continue;
                var (before, slot) = (draft.Hard, draft.Slot[meeting]);
                draft.Remove(meeting);
                var freed = before - draft.Hard + (p.LeftOutHard * p.LeftOutCost[p.ActivityOf[meeting]]);
                draft.Place(meeting, slot);
                if (freed > gain.Hard) gain = (meeting, freed);
            }
            if (gain.Meeting < 0) return;
            draft.Remove(gain.Meeting);
        }
    }
}
