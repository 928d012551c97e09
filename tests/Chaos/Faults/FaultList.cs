using Training.Chaos.Ground;

namespace Training.Chaos.Faults;

static class FaultList
{
    static readonly string[] Any = Site.Services, Single = [.. Site.Services.Where(service => service != Site.Replicated)], Replicated = [Site.Replicated];

    /// <summary>Rows are those of docs/reliability.md.</summary>
    public static readonly IReadOnlyList<Fault> All =
    [
        new("broker-killed", 1, [], (3, 15), ServerFaults.BrokerKilled),
        new("broker-frozen", 1, [], (2, 8), ServerFaults.BrokerFrozen),
        new("broker-unreachable", 1, Any, (2, 10), LinkFaults.BrokerCut),
        new("broker-half-open", 1, Any, (2, 10), LinkFaults.BrokerHalfOpen),
        new("broker-lost-at-declaration", 1, Any, (1, 3), LinkFaults.BrokerCutAtDeclaration),
        new("broker-killed-with-backlog", 2, ["Scheduling", "NeedsAssessment"], (2, 5), ServerFaults.BrokerKilledWithBacklog),
        new("broker-alarm", 3, [], (3, 8), ServerFaults.BrokerAlarm),
        new("binding-deleted", 4, [], (2, 6), MessageFaults.BindingDeleted),
        new("postgres-stopped-at-once", 5, [], (1, 5), ServerFaults.PostgresCrashed),
        new("postgres-killed", 5, [], (1, 5), ServerFaults.PostgresKilled),
        new("postgres-frozen", 5, [], (2, 8), ServerFaults.PostgresFrozen),
        new("store-unreachable", 5, Any, (2, 8), LinkFaults.StoreCut),
        new("store-half-open", 5, Any, (2, 8), LinkFaults.StoreHalfOpen),
        new("publisher-killed-before-progress", 7, Any, (1, 3), ProcessFaults.KilledBeforeProgress),
        new("leader-killed", 8, Replicated, (2, 4), ProcessFaults.LeaderKilled),
        new("leader-frozen", 9, Replicated, (2, 8), ProcessFaults.LeaderFrozen),
        new("service-frozen", 9, Single, (2, 8), ProcessFaults.Frozen),
        new("service-killed", 10, Any, (0.5, 3), ProcessFaults.Killed),
        new("consumer-killed-in-handler", 10, ["NeedsAssessment", "Catalogue", "Scheduling", "Budgeting"], (1, 3), ProcessFaults.KilledInHandler),
        new("service-killed-while-broker-is-away", 10, Any, (2, 6), ProcessFaults.KilledWithoutBroker),
        new("poison-message", 11, Replicated, (1, 2), MessageFaults.PoisonMessage),
        new("poison-event", 12, Single, (2, 4), StoreFaults.PoisonEvent),
        new("messages-duplicated", 13, Any, (0.5, 1), MessageFaults.Duplicated),
        new("outbox-rewound", 13, Any, (0.5, 1), StoreFaults.Rewound),
        new("messages-reordered", 14, Any, (0.5, 1), MessageFaults.Reordered),
        new("deliveries-requeued", 14, [], (0.5, 1), MessageFaults.Requeued),
        new("slow-transaction", 15, Replicated, (1, 7), StoreFaults.SlowTransaction),
        new("rolled-back-transaction", 15, Any, (1, 8), StoreFaults.RolledBackTransaction),
        new("newer-contract", 16, [], (0.5, 1), MessageFaults.NewerContract),
        new("disk-full", 19, Replicated, (2, 5), StoreFaults.DiskFull),
        new("slow-store", 20, ["Scheduling", "NeedsAssessment", "Budgeting"], (3, 8), LinkFaults.SlowStore),
        new("rolling-restart", 23, [], (0.5, 1), ProcessFaults.RollingRestart),
    ];
}
