using System.Globalization;
using System.Text.Json;
using Training.Chaos.Ground;

namespace Training.Chaos.Check;

/// <summary>The history, ready to be asked.</summary>
sealed class Index
{
    public Index(History history)
    {
        History = history;
        // What the injector published by itself has no row in any service.
        var letters = history.Injected.Select(letter => new StoredFact(
            "outside", 0, letter.Id, letter.Stream, letter.Version, letter.Tenant, "injected", letter.Correlation, "", "chaos", letter.Body, new(letter.Contract, letter.Body)));
        Messages = history.Facts.Where(fact => fact.Published is not null).Concat(letters).ToDictionary(fact => fact.Id);
        CausedBy = history.Facts.Where(fact => fact.Causation != "").ToLookup(fact => (fact.Service, fact.Causation));
        ByStream = history.Facts.GroupBy(fact => (fact.Service, fact.Stream)).ToDictionary(stream => stream.Key, stream => (IReadOnlyList<StoredFact>)[.. stream.OrderBy(fact => fact.Version)]);
        SubscribersOf = history.Subscriptions.ToLookup(one => one.Contract);
        Marks = history.Marks.ToDictionary(mark => (mark.Queue, mark.Stream, mark.Tenant));
        Documents = history.Documents.ToLookup(kept => (kept.Service, kept.Document));
    }

    public History History { get; }
    public IReadOnlyDictionary<Guid, StoredFact> Messages { get; }
    public ILookup<(string Service, string Causation), StoredFact> CausedBy { get; }
    public IReadOnlyDictionary<(string Service, Guid Stream), IReadOnlyList<StoredFact>> ByStream { get; }
    public ILookup<string, Subscription> SubscribersOf { get; }
    public IReadOnlyDictionary<(string Queue, Guid Stream, string Tenant), Mark> Marks { get; }
    public ILookup<(string Service, string Document), Kept> Documents { get; }

    public IReadOnlyList<StoredFact> Caused(string service, StoredFact message) => [.. CausedBy[(service, message.Id.ToString())]];

    /// <summary>All messages of one contract, in the order of each stream.</summary>
    public IEnumerable<StoredFact> Sent(string contract) => Messages.Values.Where(fact => fact.Published?.Contract == contract).OrderBy(fact => fact.Version);
}

static class JsonReading
{
    public static string Text(this JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.ToString() : "";

    /// <summary>The amount of a stored sum of money.</summary>
    public static decimal Money(this JsonElement json, string name = "amount") => json.GetProperty(name).GetProperty("amount").GetDecimal();

    public static decimal Number(this JsonElement json, string name) => decimal.Parse(json.Text(name), CultureInfo.InvariantCulture);
}
