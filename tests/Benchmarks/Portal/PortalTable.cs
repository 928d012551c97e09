using System.Collections.Concurrent;
using System.Diagnostics;
using Training.Benchmarks.Messaging;

namespace Training.Benchmarks.Portal;

/// <summary>How fast pages are, on the platform that <c>deploy/up</c> started: a filtered list of many people, and many people at once.</summary>
static class PortalTable
{
    /// <summary>What people of a role click on.</summary>
    static readonly (string Role, int Share, string[] Pages)[] People =
    [
        ("employee", 50, ["/my", "/my/find", "/my/feedback", "/my/certificates"]),
        ("estate", 15, ["/today", "/team", "/employees", "/coverage", "/calendar"]),
        ("trainer", 10, ["/teach", "/calendar"]),
        ("region", 10, ["/", "/needs", "/gaps", "/runs", "/calendar", "/employees"]),
        ("group", 5, ["/", "/needs", "/gaps", "/survey", "/plans", "/runs", "/catalogue", "/evaluation"]),
        ("finance", 5, ["/budgeting"]),
        ("inspector", 3, ["/findings"]),
        ("hr", 2, ["/employees", "/sources", "/quarantine"]),
    ];

    public static async Task<int> Show(Options options)
    {
        var (keys, wanted, crowd) = (options.Text("keys", ".run/platform/keys"), options.Number("employees", 6_000), options.Number("users", 200));
        var (seconds, pause) = (options.Number("seconds", 60), options.Number("pause", 10));
        var portal = Address("Portal");
        var (password, secret) = (Read(keys, "demo.password"), Read(keys, "demo.secret"));
        var (employees, estates, positions) = await Staff.FillUp(Address("Identity"), Address("Workforce"), secret, wanted, CancellationToken.None);

        var list = await Filter(portal, password, estates, positions);
        var met = Say($"list    employees={employees} pages={list.Times.Count}", list, 300);

        var all = await Crowd(portal, password, crowd, TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(pause));
        met &= Say($"crowd   users={crowd} seconds={seconds} mean_pause_s={pause} pages={all.Times.Count} pages_per_s={(double)all.Times.Count / seconds:0.0}", all, 1_000);
        return met ? 0 : 1;
    }

    sealed record Reading(IReadOnlyCollection<(string Page, double Took)> Pages, IReadOnlyCollection<string> Wrong)
    {
        public IReadOnlyCollection<double> Times { get; } = [.. Pages.Select(page => page.Took)];
    }

    /// <summary>One filter after the other, no two the same, so that no page is answered from what was asked a moment ago.</summary>
    static async Task<Reading> Filter(Uri portal, string password, IReadOnlyList<string> estates, IReadOnlyList<string> positions)
    {
        using var person = new Person(portal, "group", password);
        await person.SignIn(CancellationToken.None);
        var filters = (from position in positions from estate in estates.Append("") from page in new[] { 1, 2, 3 } select $"/employees?position={position}&estate={estate}&page={page}").ToList();
        for (var warm = 0; warm < 20; warm++) await person.Open($"/employees?page={10 + warm}", CancellationToken.None);
        var (times, wrong) = (new List<(string, double)>(), new List<string>());
        foreach (var filter in filters)
        {
            var (took, what) = await person.Open(filter, CancellationToken.None);
            times.Add((filter, took));
            if (what != "") wrong.Add(what);
        }
        return new(times, wrong);
    }

    static async Task<Reading> Crowd(Uri portal, string password, int users, TimeSpan length, TimeSpan pause)
    {
        var shares = People.Sum(one => one.Share);
        var persons = People.SelectMany(one => Enumerable.Repeat(one, one.Share)).Select((one, at) => (one, at)).OrderBy(pair => pair.at * 37 % shares).Select(pair => pair.one).ToList();
        var crowd = Enumerable.Range(0, users).Select(at => (Person: new Person(portal, persons[at % shares].Role, password), persons[at % shares].Pages)).ToList();
        await Parallel.ForEachAsync(crowd, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (one, ct) => await one.Person.SignIn(ct));

        var (times, wrong) = (new ConcurrentBag<(string, double)>(), new ConcurrentBag<string>());
        var begun = Stopwatch.GetTimestamp();
        await Task.WhenAll(crowd.Select((one, at) => Task.Run(async () =>
        {
            var chance = new Random(at);
            // Nobody begins at the same moment; pauses between clicks are exponential, as of people who don't know of each other.
            await Task.Delay(pause * chance.NextDouble());
            for (var click = at; Stopwatch.GetElapsedTime(begun) < length; click++)
            {
                var page = one.Pages[click % one.Pages.Length];
                var (took, what) = await one.Person.Open(page, CancellationToken.None);
                times.Add((page, took));
                if (what != "") wrong.Add(what);
                await Task.Delay(pause * Math.Min(4, -Math.Log(1 - chance.NextDouble())));
            }
        })));
        foreach (var one in crowd) one.Person.Dispose();
        foreach (var page in times.GroupBy(one => one.Item1, one => one.Item2).OrderByDescending(page => Statistics.Percentile([.. page], 0.95)).Take(6))
            Console.WriteLine($"  {page.Key,-16} pages={page.Count()} p50_ms={Statistics.Percentile([.. page], 0.5):0} p95_ms={Statistics.Percentile([.. page], 0.95):0}");
        return new(times, wrong);
    }

    static bool Say(string what, Reading reading, double target)
    {
        var p95 = Statistics.Percentile(reading.Times, 0.95);
        var met = p95 <= target && reading.Wrong.Count == 0;
        Console.WriteLine($"{what} p50_ms={Statistics.Percentile(reading.Times, 0.5):0} p95_ms={p95:0} p99_ms={Statistics.Percentile(reading.Times, 0.99):0} errors={reading.Wrong.Count} target=p95<={target:0} {(met ? "met" : "short")}");
        foreach (var wrong in reading.Wrong.CountBy(one => one).OrderByDescending(one => one.Value).Take(5)) Console.WriteLine($"  {wrong.Value} x {wrong.Key}");
        return met;
    }

    static Uri Address(string service) => new(Environment.GetEnvironmentVariable($"Services__{service}")
        ?? throw new InvalidOperationException("No platform is named. Use: deploy/up --detach && set -a && . .run/platform/platform.env"));

    static string Read(string keys, string name) => File.ReadAllText(Path.Combine(keys, name)).Trim();
}
