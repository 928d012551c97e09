using System.Diagnostics;
using Training.Chaos.Check;
using Training.Chaos.Faults;
using Training.Chaos.Ground;
using Training.Chaos.Load;

namespace Training.Chaos;

/// <param name="Seed">Decides commands and faults.</param>
/// <param name="Load">How long commands are given and faults inflicted.</param>
/// <param name="Shorter">Shorter faults and pauses, so that more kinds fit into a short run.</param>
/// <param name="Only">Kinds of faults; none for all.</param>
sealed record ChaosOptions(int Seed, TimeSpan Load, bool Shorter, params string[] Only)
{
    public IReadOnlyList<Fault> Kinds => [.. FaultList.All.Where(fault => Only.Length == 0 || Only.Contains(fault.Name))];
}

/// <summary>A fault as it went; no recovery where the next fault did not wait for it.</summary>
sealed record Inflicted(Planned Planned, string Note, TimeSpan? Recovery);

sealed record ChaosResult(
    ChaosOptions Options, DateTimeOffset StartedAt, TimeSpan Loaded, IReadOnlyCollection<Order> Orders, IReadOnlyList<Inflicted> Faults, History History,
    IReadOnlyList<Violation> Violations, TimeSpan Quiescence, int EndedByThemselves, long MostMemory, int NewerMessages, string Evidence);

/// <summary>Load and faults, then silence, then the reckoning.</summary>
static class ChaosRun
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    public static async Task<ChaosResult> Go(ChaosOptions options, Action<string> say, CancellationToken ct)
    {
        var (started, watch) = (DateTimeOffset.UtcNow, Stopwatch.StartNew());
        await using var site = await Site.Start();
        Say($"{site.Members.Count} services are ready");
        var log = new ClientLog();
        await using var workload = new Workload(site, log, options.Seed);
        await workload.Settle(ct);
        await Recovery.Quiet(site, Patience);
        Say($"both groups are founded with {log.Orders.Count} commands");

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var end = new CancellationTokenSource();
        using var canary = new Canary(site, log, options.Seed);
        var standstill = new Standstill(site.Broker);
        var watching = Task.WhenAll(site.Watch(end.Token), standstill.Watch(end.Token));
        var load = workload.Run(stop.Token, end.Token);
        var (faults, injected, poison) = (new List<Inflicted>(), new List<Letter>(), new List<Letter>());
        var loaded = Stopwatch.StartNew();
        foreach (var planned in Schedule.Of(options.Seed, options.Kinds, options.Shorter))
        {
            if (loaded.Elapsed + planned.Lasts > options.Load || ct.IsCancellationRequested || load.IsFaulted) break;
            var scene = new Scene(site, planned);
            var note = await Inflict(scene);
            injected.AddRange(scene.Injected);
            poison.AddRange(scene.Poison);
            // Now and then the next fault comes before the last one is overcome.
            var recovery = planned.Salt % 5 == 0 ? null : await Recovery.Measure(site, canary, options.Shorter ? TimeSpan.FromSeconds(45) : TimeSpan.FromSeconds(90));
            faults.Add(new(planned, recovery is { InTime: false } slow ? $"{note} {slow.Remedy}".Trim() : note, recovery?.Took));
            Say($"{planned.Number,3} {planned.Name} {planned.Target} {planned.Lasts.TotalSeconds:0.0} s {faults[^1].Note}{(recovery is null ? "" : $"; recovered in {recovery.Took.TotalSeconds:0.0} s")}; {log.Orders.Count} commands");
            await Task.Delay(planned.Pause, CancellationToken.None);
        }
        var lasted = loaded.Elapsed;

        await stop.CancelAsync();
        await site.Mend();
        end.CancelAfter(Patience);
        try { await load; }
        catch (OperationCanceledException) { /* what nobody answered shows in the log */ }
        var quiescence = await Recovery.Quiet(site, Patience);
        Say($"quiet after {quiescence.TotalSeconds:0.0} s");
        var history = await Gather(site, log, injected, poison, ct);
        await end.CancelAsync();
        await watching;
        history = history with { Stood = standstill.Found };
        var violations = Checker.Check(history);
        Say($"{history.Facts.Count} facts and {history.Orders.Count} commands accounted for: {violations.Count} violations");
        return new(options, started, lasted, log.Orders, faults, history, violations, quiescence, site.EndedByThemselves, site.MostMemory, workload.HrSystems.Sum(hr => hr.FromNewerVersion),
            violations.Count == 0 ? "" : $"Left in queues: {string.Join("; ", history.Queues.Where(queue => queue.Messages != 0).Select(queue => queue.ToString()).DefaultIfEmpty("nothing"))}. What the services logged: {site.Servers.KeepLogs(options.Seed)}.");

        void Say(FormattableString line) => say(FormattableString.Invariant($"{watch.Elapsed.TotalSeconds,7:0.0} s  {FormattableString.Invariant(line)}"));
    }

    static async Task<string> Inflict(Scene scene)
    {
        var note = "";
        try { note = await FaultList.All.Single(fault => fault.Name == scene.Planned.Name).Inflict(scene); }
        // The run goes on; the report says what could not be done.
        catch (Exception exception) when (exception is not OutOfMemoryException) { note = $"failed: {exception.Message.Split('\n')[0]}"; }
        await scene.Site.Mend();
        return note;
    }

    static async Task<History> Gather(Site site, ClientLog log, IReadOnlyList<Letter> injected, IReadOnlyList<Letter> poison, CancellationToken ct)
    {
        var (facts, streams, marks, documents, parked) = (new List<StoredFact>(), new List<StreamHead>(), new List<Mark>(), new List<Kept>(), new List<ParkedLetter>());
        foreach (var service in Site.Services)
        {
            facts.AddRange(await HistoryReader.Facts(site, service));
            streams.AddRange(await HistoryReader.Streams(site, service));
            marks.AddRange(await HistoryReader.Marks(site, service));
            documents.AddRange(await HistoryReader.Documents(site, service));
            parked.AddRange(await HistoryReader.Parked(site, service));
        }
        List<Answer> answers = [];
        foreach (var tenant in Group.Tenants)
        {
            using var client = new Client(site, log, tenant, new Random(0));
            foreach (var (service, path, types) in (IEnumerable<(string, string, string)>)[("Budgeting", "/lines", "line_planned"), ("Scheduling", "/runs", "run_planned"), ("Workforce", "/employees", "employee_hired")])
                foreach (var fact in facts.Where(fact => fact.Service == service && fact.Tenant == tenant && fact.Type == types).Take(200))
                    if (await client.Get(service, $"{path}/{fact.Stream}", ct) is { } body) answers.Add(new(service, $"{path}/{fact.Stream}", tenant, body));
        }
        return new([.. log.Orders], facts, streams, marks, documents, parked, site.Subscriptions, answers, await site.Broker.Queues(), Stood: [], injected, poison);
    }
}
