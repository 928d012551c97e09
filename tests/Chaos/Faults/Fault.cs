using System.Text.Json;
using Training.Chaos.Check;
using Training.Chaos.Ground;

namespace Training.Chaos.Faults;

/// <summary>A promise was seen broken while a fault lasted.</summary>
sealed class PromiseBroken(string message) : Exception(message);

/// <summary>What a fault is inflicted with.</summary>
sealed class Scene(Site site, Planned planned)
{
    public Site Site => site;
    public Planned Planned => planned;
    public TimeSpan Lasts => planned.Lasts;
    public Random Random { get; } = new(planned.Salt);

    /// <summary>Messages the injector made up itself, to be known by the checker.</summary>
    public List<Letter> Injected { get; } = [];

    /// <summary>Messages that must end up parked.</summary>
    public List<Letter> Poison { get; } = [];

    public Member Target => Any([.. site.Of(planned.Target)]);

    public T Any<T>(IReadOnlyList<T> items) => items[Random.Next(items.Count)];

    public Task Last() => Task.Delay(Lasts);

    /// <summary>Messages of some recent facts, as their service has published them: copies never arrive before their originals.</summary>
    public async Task<IReadOnlyList<Letter>> Published(string service, int about)
    {
        var newest = await site.Ask<long>(service, StoreFaults.Progress);
        var facts = await HistoryReader.Facts(site, service, from: newest - Random.Next(about, 4 * about), limit: about);
        return [.. facts.Where(fact => fact.Published is not null && fact.Sequence <= newest).Select(fact => new Letter(
            fact.Id, fact.Published?.Contract ?? "", fact.Tenant, fact.Stream, fact.Version, fact.Correlation, fact.Published?.Body ?? default))];
    }

    public static JsonElement Json(object value) => JsonSerializer.SerializeToElement(value);
}

/// <summary>One fault of the list in docs/reliability.md.</summary>
/// <param name="Name">Its name in the report.</param>
/// <param name="Row">Its row in the list.</param>
/// <param name="Targets">Services it can be aimed at; empty when it concerns a server.</param>
/// <param name="Seconds">Shortest and longest duration.</param>
/// <param name="Inflict">Does it and undoes it; answers what was seen.</param>
sealed record Fault(string Name, int Row, string[] Targets, (double Least, double Most) Seconds, Func<Scene, Task<string>> Inflict);

/// <summary>A fault at its place in the schedule. Everything about it follows from the seed.</summary>
sealed record Planned(int Number, string Name, int Row, string Target, TimeSpan Lasts, TimeSpan Pause, int Salt);

static class Schedule
{
    /// <summary>All faults in a drawn order, then all again in another, without end.</summary>
    /// <param name="seed">The same seed gives the same schedule.</param>
    /// <param name="catalogue">What there is.</param>
    /// <param name="shorter">Halves the durations and pauses.</param>
    public static IEnumerable<Planned> Of(int seed, IReadOnlyList<Fault> catalogue, bool shorter)
    {
        var random = new Random(seed);
        for (var number = 0; ;)
            foreach (var fault in catalogue.OrderBy(_ => random.Next()).ToList())
            {
                var seconds = fault.Seconds.Least + (fault.Seconds.Most - fault.Seconds.Least) * random.NextDouble();
                yield return new(++number, fault.Name, fault.Row, fault.Targets.Length == 0 ? "" : fault.Targets[random.Next(fault.Targets.Length)],
                    TimeSpan.FromSeconds(shorter ? Math.Max(fault.Seconds.Least, seconds / 2) : seconds), TimeSpan.FromSeconds((shorter ? 0.2 : 1) + random.NextDouble() * (shorter ? 0.8 : 4)), random.Next());
            }
    }
}
