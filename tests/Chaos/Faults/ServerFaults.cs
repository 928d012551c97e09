namespace Training.Chaos.Faults;

static class ServerFaults
{
    public static Task<string> BrokerKilled(Scene scene) => Down(scene, scene.Site.Servers.KillBroker);

    public static Task<string> PostgresCrashed(Scene scene) => Down(scene, scene.Site.Servers.CrashPostgres);

    public static Task<string> PostgresKilled(Scene scene) => Down(scene, scene.Site.Servers.KillPostgres);

    public static Task<string> BrokerFrozen(Scene scene) => Frozen(scene, scene.Site.Servers.FreezeBroker, scene.Site.Servers.ThawBroker);

    /// <summary>With all its backends: connections stay open, and nobody answers on them.</summary>
    public static Task<string> PostgresFrozen(Scene scene) => Frozen(scene, scene.Site.Servers.FreezePostgres, scene.Site.Servers.ThawPostgres);

    /// <summary>A subscriber stands still, so that messages are in its queues when the broker dies.</summary>
    public static async Task<string> BrokerKilledWithBacklog(Scene scene)
    {
        var member = scene.Target;
        member.Process.Freeze();
        await scene.Last();
        await scene.Site.Servers.KillBroker();
        await scene.Site.Servers.Up();
        member.Process.Thaw();
        return "";
    }

    /// <summary>No disk space left by its reckoning: it takes no more messages from anybody.</summary>
    public static async Task<string> BrokerAlarm(Scene scene)
    {
        await scene.Site.Servers.RabbitCtl("set_disk_free_limit", "100000GB");
        try
        {
            var before = await Appended(scene);
            await scene.Last();
            var appended = await Appended(scene) - before;
            return appended > 0 ? $"{appended} facts appended meanwhile" : throw new PromiseBroken("Nothing was appended meanwhile.");
        }
        finally
        {
            await scene.Site.Servers.RabbitCtl("set_disk_free_limit", "256MB");
        }
    }

    static async Task<long> Appended(Scene scene)
    {
        var facts = 0L;
        foreach (var service in (string[])["Budgeting", "Catalogue", "NeedsAssessment"]) facts += await scene.Site.Ask<long>(service, "select count(*) from mt_events");
        return facts;
    }

    static async Task<string> Frozen(Scene scene, Action freeze, Action thaw)
    {
        freeze();
        await scene.Last();
        thaw();
        return "";
    }

    static async Task<string> Down(Scene scene, Func<Task> fell)
    {
        await fell();
        await scene.Last();
        await scene.Site.Servers.Up();
        return "";
    }
}
