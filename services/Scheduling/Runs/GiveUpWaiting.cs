using Marten;
using Training.Foundation;
using Training.Scheduling.Calendars;

namespace Training.Scheduling.Runs;

public record GiveUpWaiting(DateTimeOffset Now, TimeSpan Deadline);

public static class GiveUpWaitingHandler
{
    public static IRunFact[] Decide(CourseRun run, GiveUpWaiting command) =>
        run.State == RunState.Planned && run.AskedAt != default && command.Now - run.AskedAt >= command.Deadline
            ? [new FundingUnanswered(new(run.Id), command.Now)]
            : [];
}

/// <summary>Looks now and then for runs whose question about money was never answered.</summary>
sealed class FundingDeadline(IServiceScopeFactory scopes, IConfiguration configuration, TimeProvider clock, ILogger<FundingDeadline> log) : BackgroundService
{
    readonly TimeSpan deadline = configuration.GetValue("Scheduling:FundingDeadline", TimeSpan.FromMinutes(10));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(configuration.GetValue("Scheduling:FundingCheck", TimeSpan.FromSeconds(30)), clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            try
            {
                foreach (var tenant in await Tenants(stoppingToken)) await Look(tenant, stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning(exception, "Looking for unanswered funding failed; trying again later");
            }
    }

    async Task<IReadOnlyList<string>> Tenants(CancellationToken ct)
    {
        await using var scope = Scope("*");
        var query = scope.ServiceProvider.GetRequiredService<IQuerySession>();
        return await query.AdvancedSql.QueryAsync<string>("select distinct tenant_id from mt_doc_courserun where data ->> 'state' = 'Planned'", ct);
    }

    async Task Look(string tenant, CancellationToken ct)
    {
        await using var scope = Scope(tenant);
        var session = scope.ServiceProvider.GetRequiredService<IDocumentSession>();
        var late = clock.GetUtcNow() - deadline;
        var waiting = await session.Query<CourseRun>().Where(run => run.State == RunState.Planned && run.AskedAt <= late).Select(run => run.Id).ToListAsync(ct);
        foreach (var id in waiting)
        {
            var desk = new Desk(session);
            await desk.Follow(new(id), run => run is null ? [] : GiveUpWaitingHandler.Decide(run, new(clock.GetUtcNow(), deadline)), ct);
            await desk.Commit(ct);
        }
    }

    AsyncServiceScope Scope(string tenant)
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Origin>().Is(tenant, Guid.CreateVersion7().ToString(), "", "funding-deadline");
        return scope;
    }
}
