namespace Training.Chaos.Check;

/// <summary>A budget line reckoned anew from its facts, on other ways than the service's.</summary>
sealed class Ledger
{
    public sealed class Run
    {
        public decimal Reserved, Committed, PutIn, Spent, Released;
        public decimal Held => Reserved + Committed;
    }

    public Guid Line { get; private init; }
    public string Tenant { get; private init; } = "";
    public bool Stops { get; private set; }
    public decimal Allocated { get; private set; }
    public decimal Actual { get; private set; }
    public Dictionary<string, Run> Runs { get; } = [];
    public HashSet<string> Postings { get; } = [];
    public List<string> Complaints { get; } = [];

    public decimal Available => Allocated - Actual - Runs.Values.Sum(run => run.Held);

    public static Ledger Of(IReadOnlyList<StoredFact> facts)
    {
        var ledger = new Ledger { Line = facts[0].Stream, Tenant = facts[0].Tenant };
        foreach (var fact in facts)
        {
            ledger.Post(fact);
            if (ledger.Stops && ledger.Available < 0) ledger.Complaints.Add($"{fact}: {ledger.Available} are available.");
        }
        foreach (var (id, run) in ledger.Runs)
            if (run.PutIn != run.Held + run.Spent + run.Released || run.Reserved < 0 || run.Committed < 0)
                ledger.Complaints.Add($"Run {id} on line {ledger.Line}: {run.PutIn} put in, {run.Held} held, {run.Spent} spent, {run.Released} released.");
        return ledger;
    }

    void Post(StoredFact fact)
    {
        var (data, amount) = (fact.Data, fact.Data.TryGetProperty("amount", out _) ? fact.Data.Money() : 0);
        var run = data.Text("runId") is { Length: > 0 } id ? Runs.TryGetValue(id, out var known) ? known : Runs[id] = new() : new();
        switch (fact.Type)
        {
            case "line_planned" or "line_revised": (Allocated, Stops) = (amount, data.Text("onOverrun") == "Stop"); break;
            case "funds_reserved": run.Reserved += amount; run.PutIn += amount; break;
            case "funds_committed": run.Reserved -= amount; run.Committed += amount; break;
            case "funds_released": TakeFrom(run, amount); run.Released += amount; break;
            case "run_actual_posted": Once(data.Text("sessionId")); TakeFrom(run, amount); run.Spent += amount; Actual += amount; break;
            case "other_actual_posted": Once(data.Text("postingId")); Actual += amount; break;
            case "funds_transferred_out": Once(data.Text("transferId")); Allocated -= amount; break;
            case "funds_transferred_in": Once(data.Text("transferId")); Allocated += amount; break;
        }
    }

    static void TakeFrom(Run run, decimal amount)
    {
        var committed = Math.Min(amount, run.Committed);
        run.Committed -= committed;
        run.Reserved -= amount - committed;
    }

    void Once(string posting)
    {
        if (!Postings.Add(posting)) Complaints.Add($"Posting {posting} is twice on line {Line}.");
    }
}
