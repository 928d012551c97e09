using System.Globalization;

namespace Training.Portal.Clients;

/// <summary>What the services say was done by whom.</summary>
/// <param name="Entries">Newest first.</param>
/// <param name="Missing">Services that did not answer, or not him.</param>
public sealed record AuditTrail(IReadOnlyList<(string Service, AuditEntryView Entry)> Entries, IReadOnlyList<(string Service, Answer Answer)> Missing)
{
    public static async Task<AuditTrail> Ask(Backend backend, string? actor, string? from, string? to, int most)
    {
        var filter = Words.Chosen("actor", actor) + Day("from", from, 0) + Day("to", to, 1);
        var answers = await Task.WhenAll(Health.Services.Select(async service => (service, Answer: await backend.Get<Listing<AuditEntryView>>(service, $"/audit?take={most}{filter}"))));
        return new(
            [.. answers.SelectMany(one => (one.Answer.Value?.Items ?? []).Select(entry => (one.service, entry))).OrderByDescending(one => one.entry.At).Take(most)],
            [.. answers.Where(one => !one.Answer.Given).Select(one => (one.service, (Answer)one.Answer))]);
    }

    static string Day(string name, string? day, int after) =>
        DateOnly.TryParse(day, CultureInfo.InvariantCulture, out var date) ? $"&{name}={Words.Utc(Words.Instant(date.AddDays(after).ToDateTime(TimeOnly.MinValue), Words.GroupZone))}" : "";
}
