using Training.Chaos.Ground;
using Training.Chaos.Load;
using Training.Foundation;

namespace Training.Chaos.Faults;

static class MessageFaults
{
    /// <summary>Of a contract with one subscriber: a message for nobody comes back, one that reaches some of its subscribers would not.</summary>
    public static async Task<string> BindingDeleted(Scene scene)
    {
        var alone = scene.Any([.. scene.Site.Subscriptions.GroupBy(one => one.Contract).Where(same => same.Count() == 1).Select(same => same.Single())]);
        await scene.Site.Broker.Unbind(alone);
        try { await scene.Last(); }
        finally { await scene.Site.Broker.Bind(alone); }
        return alone.Queue;
    }

    public static async Task<string> Duplicated(Scene scene)
    {
        var letters = await scene.Published(scene.Planned.Target, 60);
        await scene.Site.Broker.Publish(letters);
        return $"{letters.Count} messages again";
    }

    /// <summary>Copies of old messages arrive in any order behind newer ones of their streams.</summary>
    public static async Task<string> Reordered(Scene scene)
    {
        var letters = await scene.Published(scene.Planned.Target, 60);
        await scene.Site.Broker.Publish(letters.OrderBy(_ => scene.Random.Next()));
        return $"{letters.Count} messages again, shuffled";
    }

    /// <summary>Every client is thrown out at once, so that what is at work goes back to its queue and comes again.</summary>
    public static async Task<string> Requeued(Scene scene) => $"{await scene.Site.Broker.CloseConnections()} connections closed";

    /// <summary>A request for money in another currency than the only line that could pay.</summary>
    public static async Task<string> PoisonMessage(Scene scene)
    {
        var tenant = scene.Any(Group.Tenants);
        var letter = Made(scene, "Training.Contracts.Scheduling.V1:FundingRequested", tenant, new
        {
            runId = Guid.CreateVersion7(), courseCode = $"{tenant}-K1", fundCategory = "FC8", legalEntity = $"{tenant}-USD", quarter = "2040Q1", frontLine = true, learners = 3, amount = 10m, currency = "CNY",
        });
        scene.Poison.Add(letter);
        await scene.Site.Broker.Publish([letter]);
        return tenant;
    }

    /// <summary>A publisher one version ahead adds a member its subscribers have never heard of.</summary>
    public static async Task<string> NewerContract(Scene scene)
    {
        var tenant = scene.Any(Group.Tenants);
        var letter = Made(scene, "Training.Contracts.Workforce.V1:WageBasePosted", tenant, new
        {
            legalEntity = $"{tenant}-N{scene.Planned.Number}", year = 2031, amount = 1_000m + scene.Planned.Number, currency = "CNY",
        });
        scene.Injected.Add(letter);
        await scene.Site.Broker.Publish([letter], more: new { since = "V1.1", values = new[] { 1, 2 } });
        return tenant;
    }

    static Letter Made(Scene scene, string contract, string tenant, object body)
    {
        var key = scene.Planned.Salt.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return new(DerivedId.Of("chaos-message", key, contract), contract, tenant, DerivedId.Of("chaos-stream", key, contract), 1, "chaos", Scene.Json(body));
    }
}
