namespace Training.Scheduling.Planning;

/// <summary>How a search cools.</summary>
/// <param name="Start">First temperature of the search for cost.</param>
/// <param name="End">Last temperature.</param>
/// <param name="Levels">Temperatures between them, in equal proportions.</param>
/// <param name="CutOff">Share of accepted moves at which a level ends early; what it leaves goes to the colder ones.</param>
/// <param name="HardWeight">Cost of one broken hard rule while searching.</param>
sealed record Cooling(double Start, double End, int Levels, double CutOff, int HardWeight)
{
    public Cooling In(int grain) => this with { Start = Start * grain, End = End * grain, HardWeight = HardWeight * grain };
}

/// <summary>What broken rules and cost count for in a search.</summary>
readonly record struct Weights(int Hard, int Soft)
{
    public long Of(int hard, int soft) => ((long)hard * Hard) + ((long)soft * Soft);
}

/// <summary>
/// Simulated annealing over moves and exchanges of single meetings, with cut-off cooling after Bellio, Ceschia, Di Gaspero, Schaerf and Urli (Computers and
/// Operations Research 65, 2016). First only broken hard rules count, until none is left; then cost.
/// </summary>
sealed class Annealing
{
    const int Block = 512;
    const double RepairShare = 0.8;
    const double ColdShare = 0.5;

    // Of 64 moves: kept slots, kept resources, chains, moves back of what was published.
    const int ResourceShare = 8, SlotShare = 16, ChainShare = 1, HomeShare = 8;

    // Of 64 moves to another slot of a meeting with several needs: those that may change all its resources.
    const int RelocationShare = 60;

    readonly CompiledProblem p;
    readonly PlanBudget budget;
    readonly Action<PlanProgress> report;
    readonly CancellationToken ct;
    readonly int[] movable;
    readonly int[] reach;
    readonly bool[] mayReturn;
    readonly int[] bestSlot;
    readonly int[] bestHeld;
    readonly TimeSpan started;
    readonly float[] patience = [.. Enumerable.Range(0, 4096).Select(i => (float)-Math.Log((i + 0.5) / 4096))];

    readonly Draft draft;
    readonly Exchange exchange;
    readonly Chain chain;
    readonly Ejection ejection;
    readonly Homecoming homecoming;
    readonly Relocation relocation;
    readonly bool replanning;
    SmallRandom random;
    Weights weights;
    bool mayLeaveOut;
    TimeSpan reported;

    public Annealing(CompiledProblem problem, PlanBudget budget, ulong seed, Action<PlanProgress> report, CancellationToken ct)
    {
        p = problem;
        this.budget = budget;
        this.report = report;
        this.ct = ct;
        random = new(seed);
        started = budget.Clock();
        draft = new(p);
        exchange = new(p, draft);
        chain = new(p, draft);
        ejection = new(p, draft);
        homecoming = new(p, draft);
        relocation = new(p, draft);
        replanning = p.PublishedCount > 0 && p.MovedWeight > 0;
        mayReturn = [.. Enumerable.Range(0, p.MeetingCount).Select(meeting => replanning && p.CanBeAsPublished(meeting))];
        movable = [.. Enumerable.Range(0, p.MeetingCount).Where(meeting => !p.IsLocked[meeting] && p.Starts[p.ActivityOf[meeting]].Length > 0)];
        reach = [.. p.Candidates.Select(candidates => candidates.Length)];
        bestSlot = new int[p.MeetingCount];
        bestHeld = new int[draft.Held.Length];
    }

    public long Moves { get; private set; }
    public int BestHard { get; private set; } = int.MaxValue;
    public int BestSoft { get; private set; } = int.MaxValue;
    public int Hard => draft.Hard;
    public int Soft => draft.Soft;
    public TimeSpan Used => budget.Clock() - started;
    public bool Cancelled => ct.IsCancellationRequested;

    bool IsBest => draft.Hard < BestHard || (draft.Hard == BestHard && draft.Soft < BestSoft);

    bool Done => ct.IsCancellationRequested || movable.Length == 0 || Share >= 1 || Used >= budget.Time || (BestHard == 0 && BestSoft <= budget.GoodEnough);

    double Share => budget.IsCounted ? (double)Moves / budget.Moves : budget.Time == TimeSpan.MaxValue ? 0 : Used / budget.Time;

    public Plan Run(Cooling cooling)
    {
        Insertion.Publish(p, draft);
        // Where leaving out has a price, a plan is never built on clashes; where it is forbidden, everything is placed first and then untangled.
        if (p.LeftOutHard == 0)
        {
            var (slots, held) = (draft.Slot.ToArray(), draft.Held.ToArray());
            Insertion.FirstFit(p, draft);
            Keep();
            draft.Become(slots, held);
        }
        // What is published is worth keeping: it is never clashed with first and untangled later.
        Insertion.Regret(p, draft, force: p.LeftOutHard == 1 && !replanning, ct);
        if (IsBest) Keep();
        else draft.Become(bestSlot, bestHeld);
        if (!replanning) Repair();
        Insertion.LeaveOutWhatClashes(p, draft);
        if (IsBest) Keep();
        mayLeaveOut = p.LeftOutHard == 0 || draft.Hard > 0;
        // Trading one meeting left out for another costs their priorities, so the search starts warm enough for that.
        if (replanning)
        {
            // So cold that hardly anything moves that doesn't pay; what is still left out then is worth a warmer search.
            Cool(cooling with { Start = Math.Clamp(p.MovedWeight / 3.0, cooling.End, cooling.Start) }, ColdShare);
            draft.Become(bestSlot, bestHeld);
        }
        if (draft.AnyLeftOut) cooling = cooling with { Start = Math.Max(cooling.Start, p.LeftOutHard == 1 ? cooling.HardWeight : p.LeftOutCost.Average()) };
        while (!Done) Cool(cooling, 1);
        draft.Become(bestSlot, bestHeld);
        Insertion.LeaveOutWhatClashes(p, draft);
        return draft.ToPlan();
    }

    /// <summary>Searches for a plan that breaks nothing, whatever it costs; warms up again until there is one or most of the budget is gone.</summary>
    void Repair()
    {
        weights = new(Hard: 1, Soft: 0);
        for (var round = 1; draft.Hard > 0 && !Done && Share < RepairShare; round++)
        {
            var end = Math.Min(Share + (0.02 * round), RepairShare);
            Anneal(new(0.8, 0.08, 60, 0.3, 1), end, () => draft.Hard == 0);
        }
    }

    void Cool(Cooling cooling, double until)
    {
        // A broken rule must never pay, not even to hold what would otherwise be left out.
        weights = new(p.LeftOutHard == 1 ? cooling.HardWeight : Math.Max(cooling.HardWeight, 2 * p.LeftOutCost.Max()), Soft: 1);
        Anneal(cooling, until, () => false);
    }

    void Anneal(Cooling cooling, double until, Func<bool> satisfied)
    {
        var ratio = Math.Pow(cooling.End / cooling.Start, 1.0 / cooling.Levels);
        var temperature = cooling.Start;
        var due = Share;
        for (var level = 0; level <= cooling.Levels && !Done; level++, temperature *= ratio)
        {
            var (from, first) = (Share, Moves);
            var share = (until - due) / (cooling.Levels + 1 - level);
            due += share;
            SetReach(temperature);
            var accepted = 0L;
            // A level that is due already, because the ones before took longer than their part, is skipped.
            while (!Done && Share < due)
            {
                accepted += Moved(temperature);
                Report();
                if (satisfied()) return;
                var progress = Share - from;
                // The moves this level may take are known from its speed so far.
                if (progress > 0 && accepted > cooling.CutOff * (Moves - first) * share / progress) due = Share;
            }
        }
    }

    int Moved(double temperature)
    {
        var accepted = 0;
        for (var i = 0; i < Block; i++)
        {
            if (!Propose(temperature)) continue;
            accepted++;
            if (IsBest) Keep();
        }
        Moves += Block;
        return accepted;
    }

    /// <summary>Resources so dear that at this temperature no move to them would be accepted aren't tried.</summary>
    void SetReach(double temperature)
    {
        for (var line = 0; line < reach.Length; line++)
        {
            var candidates = p.Candidates[line];
            if (candidates.Length == 0) continue;
            var cheapest = p.ResourcePrice[(line * p.ResourceCount) + candidates[0]];
            var limit = weights.Soft == 0 ? int.MaxValue : cheapest + (12 * temperature) + (10 * budget.Grain);
            var count = 1;
            while (count < candidates.Length && p.ResourcePrice[(line * p.ResourceCount) + candidates[count]] <= limit) count++;
            reach[line] = count;
        }
    }

    bool Propose(double temperature)
    {
        var meeting = movable[random.Below(movable.Length)];
        var activity = p.ActivityOf[meeting];
        var starts = p.Starts[activity];
        var dice = random.Next();
        var limit = patience[dice >> 20] * temperature;
        if (!draft.IsPlaced(meeting)) return ejection.TryBringIn(meeting, StartFor(meeting, activity, limit), ref random, limit, weights);
        if (mayLeaveOut && ((dice >> 12) & 63) == 63) return ejection.TryLeaveOut(meeting, limit, weights);
        if (replanning && ((dice >> 12) & 63) is >= ChainShare and < ChainShare + HomeShare && mayReturn[meeting] && !draft.IsAsPublished(meeting, draft.Slot[meeting]))
            return homecoming.Try(meeting, limit, weights);
        if (((dice >> 12) & 63) < ChainShare) return chain.Try(meeting, starts[random.Below(starts.Length)], limit, weights);

        var needs = p.NeedCount[activity];
        var need = needs switch { 0 => -1, 1 => 0, _ => random.Below(needs) };
        var kept = draft.Slot[meeting];
        var slot = need >= 0 && (dice & 63) < ResourceShare ? kept : StartFor(meeting, activity, limit);
        if (needs > 1 && slot != kept && ((dice >> 6) & 63) < RelocationShare)
            return relocation.TryMove(meeting, slot, reach, ref random, limit, weights.Soft == 0 ? double.MaxValue : Slack(activity), weights);
        if (need < 0) return slot != kept && exchange.Try(meeting, slot, -1, -1, limit, weights);

        var line = (activity * p.Needs) + need;
        var resource = ((dice >> 6) & 63) < SlotShare && slot != kept ? draft.Held[(meeting * p.Needs) + need] : p.Candidates[line][random.Below(reach[line])];
        if (slot == kept && resource == draft.Held[(meeting * p.Needs) + need]) return false;
        if (needs > 1 && slot == kept) return relocation.TryResource(meeting, need, resource, limit, weights);
        return exchange.Try(meeting, slot, need, resource, limit, weights);
    }

    /// <summary>
    /// A slot to move to. Where a move can't be priced without making it, slots so dear that nothing else about the move is likely to make up for it aren't tried.
    /// </summary>
    int StartFor(int meeting, int activity, double limit)
    {
        var starts = p.Starts[activity];
        if (p.IsSimple[activity] || weights.Soft == 0) return starts[random.Below(starts.Length)];
        starts = p.CheapestStarts[activity];
        var slot = draft.Slot[meeting];
        var most = limit + Slack(activity) + (slot < 0 ? p.LeftOutCost[activity] : p.SlotPrice[activity][slot]);
        for (var need = 0; slot >= 0 && need < p.NeedCount[activity]; need++)
        {
            var line = (activity * p.Needs) + need;
            most += p.ResourcePrice[(line * p.ResourceCount) + draft.Held[(meeting * p.Needs) + need]] - p.ResourcePrice[(line * p.ResourceCount) + p.Candidates[line][0]];
        }
        var count = Array.BinarySearch(p.StartPrices[activity], (int)Math.Min(int.MaxValue - 1, most + 1));
        if (count < 0) count = ~count;
        return starts[random.Below(Math.Clamp(count, 1, starts.Length))];
    }

    /// <summary>What a move may save beside the prices of its slot and resources.</summary>
    double Slack(int activity)
    {
        double slack = p.SpreadWeight + p.MovedWeight + (p.Patterned[activity].Length > 0 ? 10 * budget.Grain : 0);
        for (var need = 0; need < p.NeedCount[activity]; need++) slack += p.SameResourceWeight[(activity * p.Needs) + need];
        return slack;
    }

    void Keep()
    {
        (BestHard, BestSoft) = (draft.Hard, draft.Soft);
        draft.Slot.CopyTo(bestSlot, 0);
        draft.Held.CopyTo(bestHeld, 0);
    }

    void Report()
    {
        var used = Used;
        if (used - reported < TimeSpan.FromSeconds(1)) return;
        reported = used;
        report(new(Math.Min(1, Share), Moves, Moves / Math.Max(1e-9, used.TotalSeconds), BestHard, BestSoft) { Best = draft.ToPlan(bestSlot, bestHeld), Problem = p.Source });
    }
}
