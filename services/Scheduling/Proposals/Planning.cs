using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Marten;
using Training.Foundation;
using Training.Scheduling.Calendars;
using Training.Scheduling.Planning;
using Training.Scheduling.Situations;

namespace Training.Scheduling.Proposals;

/// <summary>How far the search for a proposal has come; cost by rule, as the search weighs it.</summary>
public record SearchProgress(string Phase, double Share, double Seconds, long Moves, double MovesPerSecond, int Broken, int Cost, IReadOnlyDictionary<string, int> CostByRule);

/// <summary>
/// Searches for what was asked, one request at a time, oldest first, on threads that stand back behind everything else. Requests are facts, so a restarted
/// service takes up what it had not finished; progress is only known to the service that searches.
/// </summary>
sealed class Planning(IServiceScopeFactory scopes, PlannerSettings settings, IConfiguration configuration, TimeProvider clock, ILogger<Planning> log) : BackgroundService
{
    readonly SemaphoreSlim asked = new(0);
    readonly ConcurrentDictionary<(string Tenant, Guid Id), Search> searches = [];

    /// <summary>Requests that could not be read or answered just now; they must not hold up the others.</summary>
    readonly HashSet<Guid> aside = [];

    sealed class Search(CancellationTokenSource stop, DateTimeOffset since) : IProgress<PlanProgress>
    {
        bool read;
        PlanProgress? last;

        internal CancellationTokenSource Stop => stop;
        internal void Begin() => read = true;
        public void Report(PlanProgress value) => last = value;

        internal SearchProgress Now(DateTimeOffset now)
        {
            var seconds = (now - since).TotalSeconds;
            if (last is not { } best) return new(read ? "starting" : "reading", 0, seconds, 0, 0, 0, 0, new Dictionary<string, int>());
            var cost = PlanCheck.Cost(best.Problem, best.Best);
            return new("searching", best.Share, seconds, best.Moves, best.MovesPerSecond, cost.Hard, cost.Soft, cost.ByKind.ToDictionary(kind => kind.Key.ToString(), kind => kind.Value));
        }
    }

    internal void LookAgain() => asked.Release();

    /// <summary>Ends the search for a proposal, if it is running here.</summary>
    internal void Stop(string tenant, Guid proposal)
    {
        if (!searches.TryGetValue((tenant, proposal), out var search)) return;
        try { search.Stop.Cancel(); }
        catch (ObjectDisposedException) { /* it has just ended by itself */ }
    }

    internal SearchProgress? ProgressOf(string tenant, Guid proposal) => searches.TryGetValue((tenant, proposal), out var search) ? search.Now(clock.GetUtcNow()) : null;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = configuration.GetValue("Scheduling:Planner:Check", TimeSpan.FromSeconds(15));
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await Next(stoppingToken) is { } next) await TryPlan(next.Tenant, next.Id, stoppingToken);
                await asked.WaitAsync(pause, stoppingToken);
                aside.Clear();
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning(exception, "Looking for requested plans failed; trying again later");
                await Task.Delay(pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    async Task<(string Tenant, Guid Id)?> Next(CancellationToken ct)
    {
        await using var scope = Scope("*");
        var query = scope.ServiceProvider.GetRequiredService<IQuerySession>();
        var open = await query.AdvancedSql.QueryAsync<string>(
            "select tenant_id || ' ' || id from mt_doc_proposal where data ->> 'state' = 'Requested' and not id = any(?) order by data -> 'request' ->> 'at', id limit 1", ct, aside.ToArray());
        return open is [var first, ..] && first.LastIndexOf(' ') is var cut ? (first[..cut], Guid.Parse(first[(cut + 1)..])) : null;
    }

    /// <summary>What fails here, such as a store that doesn't answer, may succeed later.</summary>
    async Task TryPlan(string tenant, Guid id, CancellationToken stopping)
    {
        try
        {
            await Plan(tenant, id, stopping);
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            log.LogWarning(exception, "Planning {Proposal} was interrupted; trying again later", id);
            aside.Add(id);
        }
    }

    internal async Task Plan(string tenant, Guid id, CancellationToken stopping)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var search = searches[(tenant, id)] = new(stop, clock.GetUtcNow());
        try
        {
            // A service that stops leaves the request to the next one.
            if (await Outcome(tenant, id, search, stop.Token) is not { } fact || stopping.IsCancellationRequested) return;
            await using var scope = Scope(tenant);
            await scope.ServiceProvider.GetRequiredService<IDocumentSession>()
                .Change<Proposal>(id, proposal => proposal.State == ProposalState.Requested ? [fact] : [], stopping);
        }
        finally
        {
            searches.TryRemove((tenant, id), out _);
        }
    }

    /// <summary>What comes of a request; nothing where nobody waits for it any more.</summary>
    async Task<IProposalFact?> Outcome(string tenant, Guid id, Search search, CancellationToken ct)
    {
        try
        {
            await using var scope = Scope(tenant);
            var (services, session) = (scope.ServiceProvider, scope.ServiceProvider.GetRequiredService<IDocumentSession>());
            // Cancelled before the search for it was known here.
            if (await session.LoadAsync<Proposal>(id, ct) is not { State: ProposalState.Requested, Request: var request }) return null;
            var situation = await new ReadSituation(session, services.GetRequiredService<Bookings>(), services.GetRequiredService<Origin>(), settings).Of(request, clock.GetUtcNow(), ct);
            return await Aside(() => Searched(id, situation, request, search, ct));
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return new PlanningCancelled("stopped", clock.GetUtcNow());
        }
        catch (RuleBroken broken)
        {
            return new PlanningFailed(broken.Code, broken.Message, clock.GetUtcNow());
        }
    }

    IProposalFact Searched(Guid id, Situation situation, PlanRequested request, Search search, CancellationToken ct)
    {
        try
        {
            // Requests from before moves had a limit of time may still be stored.
            var solution = Solve.Of(situation, request.Effort.Within(settings.MostSeconds), settings, request.Reason != "", search.Begin, search, ct);
            ct.ThrowIfCancellationRequested();
            return ProposePlanHandler.Decide(situation, solution, clock.GetUtcNow());
        }
        catch (Exception exception) when (exception is not OperationCanceledException and not RuleBroken)
        {
            // The same situation fails again: the request must not hold up the others.
            log.LogError(exception, "Planning {Proposal} failed", id);
            return new PlanningFailed("failed", $"The search failed: {exception.Message}", clock.GetUtcNow());
        }
    }

    /// <summary>Runs on a thread of its own, which stands back behind those that answer requests; threads it starts do so too.</summary>
    Task<T> Aside<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            // Linux knows no priorities of threads but niceness, and who 0 means the calling thread.
            if (OperatingSystem.IsLinux()) _ = setpriority(0, 0, settings.Nice);
            try { done.SetResult(work()); }
            catch (Exception exception) { done.SetException(exception); }
        })
        { IsBackground = true, Priority = ThreadPriority.BelowNormal, Name = "planner" };
        thread.Start();
        return done.Task;
    }

    [DllImport("libc", SetLastError = true)]
    static extern int setpriority(int which, int who, int priority);

    AsyncServiceScope Scope(string tenant)
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Origin>().Is(tenant, Guid.CreateVersion7().ToString(), "", "planner");
        return scope;
    }
}
