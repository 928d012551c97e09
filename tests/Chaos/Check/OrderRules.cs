namespace Training.Chaos.Check;

/// <summary>Streams have no holes, and what follows from one stream through one queue follows in its order.</summary>
static class OrderRules
{
    public static IEnumerable<Violation> Check(Index index)
    {
        foreach (var (key, facts) in index.ByStream)
            if (facts.Where((fact, place) => fact.Version != place + 1).Any())
                yield return new(Breach.Disorder, $"Stream {key.Stream} of {key.Service} has versions {string.Join(", ", facts.Select(fact => fact.Version))}.");
        foreach (var head in index.History.Streams)
            if ((index.ByStream.GetValueOrDefault((head.Service, head.Stream))?.Count ?? 0) != head.Version)
                yield return new(Breach.Lost, $"Stream {head.Stream} of {head.Service} says {head.Version} and has {index.ByStream.GetValueOrDefault((head.Service, head.Stream))?.Count ?? 0} facts.");

        var queues = index.History.Subscriptions.GroupBy(one => (one.Service, one.Contract)).Where(same => same.Count() == 1).ToDictionary(same => same.Key, same => same.Single().Queue);
        var effects = from fact in index.History.Facts
                      where Guid.TryParse(fact.Causation, out _)
                      let cause = index.Messages.GetValueOrDefault(Guid.Parse(fact.Causation))
                      where cause is not null
                      let queue = queues.GetValueOrDefault((fact.Service, cause.Published?.Contract ?? ""))
                      where queue is not null
                      group (fact, cause) by (queue, Cause: cause.Stream, fact.Stream) into same
                      select same;
        foreach (var same in effects)
        {
            var inOrder = same.OrderBy(pair => pair.fact.Version).ToList();
            foreach (var (before, after) in inOrder.Zip(inOrder.Skip(1)).Where(pair => pair.First.cause.Version > pair.Second.cause.Version))
                yield return new(Breach.Disorder, $"{after.fact} follows from version {after.cause.Version} of {same.Key.Cause}, but stands behind what followed from {before.cause.Version}.");
        }
    }
}
