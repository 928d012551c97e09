using Training.Chaos.Ground;

namespace Training.Chaos.Load;

/// <summary>Two groups at work on one platform, some twenty commands a second together.</summary>
sealed class Workload : IAsyncDisposable
{
    readonly List<Actor> actors = [];
    readonly List<Func<CancellationToken, Task>> settling = [];

    public Workload(Site site, ClientLog log, int seed)
    {
        foreach (var (group, number) in Group.Tenants.Select((tenant, number) => (new Group(tenant), number)))
        {
            var own = 1_000 * seed + 100 * number;
            var hr = new HrSystem(site.Broker, log, group.Tenant, new Random(own));
            HrSystems.Add(hr);
            var (personnel, controller, curriculum, assessors) = (new Personnel(site, log, group, own + 10, hr), new Controller(site, log, group, own + 20),
                new Curriculum(site, log, group, own + 30), new Assessors(site, log, group, own + 40));
            actors.AddRange([personnel, controller, new Finance(site, log, group, own + 50), curriculum, assessors, new Planners(site, log, group, own + 60)]);
            settling.Add(async ct =>
            {
                await Task.WhenAll(personnel.Settle(ct), controller.Settle(ct), curriculum.Settle(ct));
                await assessors.Settle(ct);
            });
        }
    }

    public List<HrSystem> HrSystems { get; } = [];

    /// <summary>Founds both groups, before anything goes wrong.</summary>
    public Task Settle(CancellationToken ct) => Task.WhenAll(settling.Select(settle => settle(ct)));

    public Task Run(CancellationToken stop, CancellationToken end) => Task.WhenAll(actors.Select(actor => Task.Run(() => actor.Run(stop, end), CancellationToken.None)));

    public async ValueTask DisposeAsync()
    {
        foreach (var hr in HrSystems) await hr.DisposeAsync();
    }
}
