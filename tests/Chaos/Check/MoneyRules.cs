namespace Training.Chaos.Check;

/// <summary>Money is neither made nor lost: not on a line, not between lines, and not between a run and the line that pays for it.</summary>
static class MoneyRules
{
    public static IEnumerable<Violation> Check(Index index)
    {
        var ledgers = Ledgers(index);
        foreach (var complaint in ledgers.SelectMany(ledger => ledger.Complaints)) yield return new(Breach.Money, complaint);

        var (outgoing, incoming) = (Transfers(index, "funds_transferred_out"), Transfers(index, "funds_transferred_in"));
        foreach (var id in outgoing.Keys.Union(incoming.Keys).Where(id => outgoing.GetValueOrDefault(id) != incoming.GetValueOrDefault(id)))
            yield return new(Breach.Money, $"Transfer {id} took {outgoing.GetValueOrDefault(id)} and gave {incoming.GetValueOrDefault(id)}.");

        var held = ledgers.SelectMany(ledger => ledger.Runs).ToLookup(pair => pair.Key, pair => pair.Value);
        foreach (var ((_, run), facts) in index.ByStream.Where(stream => stream.Key.Service == "Scheduling" && stream.Value.Any(fact => fact.Type == "run_planned")))
        {
            var reserved = held[run.ToString()].ToList();
            if (reserved.Count > 1) yield return new(Breach.Money, $"Run {run} holds money on {reserved.Count} lines.");
            var (has, wants) = (reserved.Sum(one => one.Held), Wants(facts));
            if (has != wants) yield return new(Breach.Money, $"Run {run} ended with {facts[^1].Type}; {has} are held for it instead of {wants}.");
        }
    }

    public static IReadOnlyList<Ledger> Ledgers(Index index) =>
        [.. index.ByStream.Where(stream => stream.Key.Service == "Budgeting" && stream.Value[0].Type == "line_planned").Select(stream => Ledger.Of(stream.Value))];

    /// <summary>What has to be held for a run: what it was funded with, until it is over.</summary>
    static decimal Wants(IReadOnlyList<StoredFact> run) =>
        run.Any(fact => fact.Type is "run_cancelled" or "run_parked" or "run_finished") || !run.Any(fact => fact.Type == "run_funded") ? 0
        : run.Where(fact => fact.Type == "funding_requested").Sum(fact => fact.Data.Money());

    static Dictionary<string, decimal> Transfers(Index index, string type) => index.History.Facts.Where(fact => fact.Type == type)
        .GroupBy(fact => fact.Data.Text("transferId")).ToDictionary(same => same.Key, same => same.Sum(fact => fact.Data.Money()));
}
