using Marten;
using Training.Foundation;
using Training.Identity.Users;

namespace Training.Identity.Demo;

/// <summary>
/// One account for every role of the demo group, with the password of <c>Identity:DemoAccounts</c>; without that setting there are none.
/// The estate and the people are those of <c>deploy/demo</c>.
/// </summary>
sealed class DemoAccounts(IDocumentStore store, IConfiguration configuration, TimeProvider clock) : IHostedService
{
    const string Tenant = "YL", Region = "region:HZ";

    static readonly (string Name, string DisplayName, string Role, string Reach)[] All =
    [
        ("group", "集团培训经理 Group training manager", Role.GroupTrainingManager, "group"),
        ("region", "杭州区域经理 Regional manager", Role.RegionalManager, Region),
        ("estate", "西溪别院项目经理 Estate manager", Role.EstateManager, $"estate:{DerivedId.Of("estate", Tenant, "EST-01")}"),
        ("trainer", "内训师 Trainer", Role.Trainer, Region),
        ("employee", "管家 Employee", Role.Employee, $"self:{DerivedId.Of("employee", Tenant, "P-EST-01-STW-001")}"),
        ("inspector", "品质督导 Quality inspector", Role.QualityInspector, "group"),
        ("finance", "财务 Finance controller", Role.FinanceController, "group"),
        ("hr", "人力资源系统 HR integrator", Role.HrIntegrator, "group"),
        ("ops", "运维 Operations", Role.Ops, "group"),
    ];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (configuration["Identity:DemoAccounts"] is not { Length: > 0 } password) return;
        await using var session = store.LightweightSession(Tenant);
        session.SetHeader(Header.Actor, "demo");
        foreach (var (name, displayName, role, reach) in All)
        {
            var id = User.IdOf(Tenant, name);
            if (await session.LoadAsync<Account>(id, cancellationToken) is not null) continue;
            var account = new Account { Id = id, Tenant = Tenant, Name = name, DisplayName = displayName };
            account.SetPassword(password);
            session.Insert(account);
            await session.Start<User>(id, user => CreateUserHandler.Decide(user, new(new(id), [new(role, reach)], clock.GetUtcNow())), cancellationToken);
        }
        await session.SaveChangesAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
