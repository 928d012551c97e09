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
/// <param name="Planned">The fault.</param>
/// <param name="Failed">It could not be inflicted.</param>
/// <param name="Note">What was seen.</param>
/// <param name="Broken">Promises broken meanwhile.</param>
/// <param name="Recovery">How long it took until all was as before.</param>
sealed record Inflicted(Planned Planned, bool Failed, string Note, IReadOnlyList<Violation> Broken, TimeSpan? Recovery);

sealed record ChaosResult(
    ChaosOptions Options, DateTimeOffset StartedAt, TimeSpan Loaded, IReadOnlyCollection<Order> Orders, IReadOnlyList<Inflicted> Faults, History History,
    IReadOnlyList<Violation> Violations, TimeSpan Quiescence, int EndedByThemselves, long MostMemory, int NewerMessages, string Evidence);

/// <summary>Load and faults, then silence, then the reckoning.</summary>
static class ChaosRun
{
    /// <summary>So many answers of a kind are compared with their facts, from all over the run.</summary>
    const int Sampled = 400;

    /// <summary>Prefetched messages and a page of facts fit many times; a queue that grows in a service doesn't.</summary>
    const long MemoryLimit = 1L << 30;

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
            var (failed, note, broken) = await Inflict(scene);
            injected.AddRange(scene.Injected);
            poison.AddRange(scene.Poison);
            // Now and then the next fault comes before the last one is overcome.
            var recovery = planned.Salt % 5 == 0 ? null : await Recovery.Measure(site, canary, options.Shorter ? TimeSpan.FromSeconds(45) : TimeSpan.FromSeconds(90));
            if (recovery is { InTime: false }) broken.Add(new(Breach.Late, $"{planned.Name} {planned.Target}, fault {planned.Number}: {recovery.Remedy}."));
            faults.Add(new(planned, failed, note, broken, recovery?.Took));
            Say($"{planned.Number,3} {planned.Name} {planned.Target} {planned.Lasts.TotalSeconds:0.0} s {note} {string.Join(' ', broken.Select(one => one.Text))}{(recovery is null ? "" : $"; recovered in {recovery.Took.TotalSeconds:0.0} s")}; {log.Orders.Count} commands");
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
        List<Violation> violations = [.. faults.SelectMany(fault => fault.Broken), .. Checker.Check(history)];
        if (site.MostMemory > MemoryLimit) violations.Add(new(Breach.Broken, $"A service held {site.MostMemory >> 20} MiB."));
        Say($"{history.Facts.Count} facts and {history.Orders.Count} commands accounted for: {violations.Count} violations");
        return new(options, started, lasted, log.Orders, faults, history, violations, quiescence, site.EndedByThemselves, site.MostMemory, workload.HrSystems.Sum(hr => hr.FromNewerVersion),
            violations.Count == 0 ? "" : $"Left in queues: {string.Join("; ", history.Queues.Where(queue => queue.Messages != 0).Select(queue => queue.ToString()).DefaultIfEmpty("nothing"))}. What the services logged is beside the program, in {site.Servers.KeepLogs(options.Seed)}.");

        void Say(FormattableString line) => say(FormattableString.Invariant($"{watch.Elapsed.TotalSeconds,7:0.0} s  {FormattableString.Invariant(line)}"));
    }

    static async Task<(bool Failed, string Note, List<Violation> Broken)> Inflict(Scene scene)
    {
        var (failed, note, broken) = (false, "", new List<Violation>());
        try { note = await FaultList.All.Single(fault => fault.Name == scene.Planned.Name).Inflict(scene); }
        catch (PromiseBroken promise) { broken.Add(new(Breach.Broken, $"{scene.Planned.Name} {scene.Planned.Target}, fault {scene.Planned.Number}: {promise.Message}")); }
        // The run goes on; the report says what could not be done.
        catch (Exception exception) when (exception is not OutOfMemoryException) { (failed, note) = (true, $"not inflicted: {exception.Message.Split('\n')[0]}"); }
        await scene.Site.Mend();
        return (failed, note, broken);
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
            {
                var all = facts.Where(fact => fact.Service == service && fact.Tenant == tenant && fact.Type == types).ToList();
                foreach (var fact in all.Where((_, place) => place % (all.Count / Sampled + 1) == 0))
                    answers.Add(new(service, $"{path}/{fact.Stream}", tenant, await client.Get(service, $"{path}/{fact.Stream}", ct)));
            }
        }
        return new([.. log.Orders], facts, streams, marks, documents, parked, site.Subscriptions, answers, await site.Broker.Queues(), Stood: [], injected, poison);
    }
}
