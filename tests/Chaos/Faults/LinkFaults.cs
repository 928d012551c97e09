
namespace Training.Chaos.Faults;

static class LinkFaults
{
    public static Task<string> BrokerCut(Scene scene) => Set(scene, scene.Target.Broker, LinkState.Cut);
    public static Task<string> BrokerHalfOpen(Scene scene) => Set(scene, scene.Target.Broker, LinkState.HalfOpen);
    public static Task<string> StoreCut(Scene scene) => Set(scene, scene.Target.Store, LinkState.Cut);
    public static Task<string> StoreHalfOpen(Scene scene) => Set(scene, scene.Target.Store, LinkState.HalfOpen);

    /// <summary>The connection is lost, and again while the service, back at the broker, declares its queues.</summary>
    public static async Task<string> BrokerCutAtDeclaration(Scene scene)
    {
        var link = scene.Target.Broker;
        link.Set(LinkState.Cut);
        var again = link.CutAtDeclaration();
        link.Set(LinkState.Open);
        await again.WaitAsync(TimeSpan.FromSeconds(30));
        await scene.Last();
        link.Set(LinkState.Open);
        return "";
    }

    /// <summary>Every answer of the store is late, so that queues grow while publishers go on.</summary>
    public static async Task<string> SlowStore(Scene scene)
    {
        var links = scene.Site.Of(scene.Planned.Target).Select(member => member.Store).ToList();
        foreach (var link in links) link.Delay = TimeSpan.FromMilliseconds(scene.Random.Next(20, 100));
        await scene.Last();
        foreach (var link in links) link.Delay = TimeSpan.Zero;
        return "";
    }

    static async Task<string> Set(Scene scene, Link link, LinkState state)
    {
        link.Set(state);
        await scene.Last();
        link.Set(LinkState.Open);
        return "";
    }
}
