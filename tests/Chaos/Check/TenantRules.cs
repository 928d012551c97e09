using Training.Chaos.Load;

namespace Training.Chaos.Check;

/// <summary>Nothing of one group lies with the other: no fact, no document, no watermark, no word.</summary>
static class TenantRules
{
    public static IEnumerable<Violation> Check(Index index)
    {
        var history = index.History;
        foreach (var fact in history.Facts)
        {
            if (Guid.TryParse(fact.Causation, out var id) && index.Messages.TryGetValue(id, out var cause) && cause.Tenant != fact.Tenant)
                yield return new(Breach.Tenant, $"{fact} follows from a message of {cause.Tenant}.");
            if (Foreign(fact.Tenant, fact.Data.GetRawText()) is { } word) yield return new(Breach.Tenant, $"{fact} {word}.");
        }
        foreach (var kept in history.Documents)
            if (Foreign(kept.Tenant, kept.Data.GetRawText()) is { } word) yield return new(Breach.Tenant, $"{kept.Service} {kept.Document} {kept.Id} of {kept.Tenant} {word}.");
        foreach (var head in history.Streams)
            if (index.ByStream.GetValueOrDefault((head.Service, head.Stream))?.Any(fact => fact.Tenant != head.Tenant) == true)
                yield return new(Breach.Tenant, $"Stream {head.Stream} of {head.Service} belongs to {head.Tenant} and holds facts of another group.");

        var owners = index.Messages.Values.Concat(history.Poison.Select(letter => new StoredFact("outside", 0, letter.Id, letter.Stream, 1, letter.Tenant, "", "", "", "", letter.Body, null)))
            .GroupBy(fact => fact.Stream).ToDictionary(stream => stream.Key, stream => stream.First().Tenant);
        foreach (var mark in history.Marks)
            if (owners.TryGetValue(mark.Stream, out var owner) && owner != mark.Tenant)
                yield return new(Breach.Tenant, $"{mark.Queue} keeps its place in stream {mark.Stream} of {owner} for {mark.Tenant}.");
        foreach (var answer in history.Answers)
            if (Foreign(answer.Tenant, answer.Body?.GetRawText() ?? "") is { } word) yield return new(Breach.Tenant, $"GET {answer.Service} {answer.Path} for {answer.Tenant} {word}.");
    }

    static string? Foreign(string tenant, string text) =>
        !Group.Tenants.Contains(tenant) ? "belongs to nobody"
        : Group.Tenants.FirstOrDefault(other => other != tenant && text.Contains($"{other}-", StringComparison.Ordinal)) is { } leak ? $"speaks of {leak}" : null;
}
