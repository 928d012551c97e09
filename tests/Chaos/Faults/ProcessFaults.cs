using System.Diagnostics;
using Npgsql;

namespace Training.Chaos.Faults;

static class ProcessFaults
{
    /// <summary>The 25 s that services have for stopping, and a little for the process to end.</summary>
    static readonly TimeSpan Drain = TimeSpan.FromSeconds(27);

    public static async Task<string> Killed(Scene scene)
    {
        var member = scene.Target;
        await scene.Site.Kill(member);
        await scene.Last();
        scene.Site.Start(member);
        return "";
    }

    public static async Task<string> Frozen(Scene scene)
    {
        var member = scene.Target;
        member.Process.Freeze();
        await scene.Last();
        member.Process.Thaw();
        return "";
    }

    public static async Task<string> LeaderFrozen(Scene scene)
    {
        var leader = await scene.Site.Leader();
        leader.Process.Freeze();
        await scene.Last();
        leader.Process.Thaw();
        return "";
    }

    /// <summary>The other replica has to take over, and the first one stays away until it has.</summary>
    public static async Task<string> LeaderKilled(Scene scene)
    {
        var leader = await scene.Site.Leader();
        await scene.Site.Kill(leader);
        var watch = Stopwatch.StartNew();
        try
        {
            await Eventually.True(async () =>
            {
                try { return (await scene.Site.Leader()).Name != leader.Name; }
                catch (InvalidOperationException) { return false; }
            }, "the other replica leads", TimeSpan.FromSeconds(60));
            return $"taken over after {watch.Elapsed.TotalSeconds:0.0} s";
        }
        finally
        {
            scene.Site.Start(leader);
        }
    }

    /// <summary>Messages are confirmed by the broker, but the outbox can't note how far it is: it will send them again.</summary>
    public static Task<string> KilledBeforeProgress(Scene scene) => KilledBehind(scene, "select * from mt_event_progression where name like 'outbox:%' for update");

    /// <summary>Handlers have appended their facts and can't commit.</summary>
    public static Task<string> KilledInHandler(Scene scene) => KilledBehind(scene, "lock table mt_doc_watermark in exclusive mode");

    public static async Task<string> KilledWithoutBroker(Scene scene)
    {
        var member = scene.Target;
        await scene.Site.Servers.KillBroker();
        await scene.Site.Kill(member);
        scene.Site.Start(member);
        await scene.Last();
        await scene.Site.Servers.Up();
        return "";
    }

    public static async Task<string> RollingRestart(Scene scene)
    {
        var (forced, slowest) = (0, TimeSpan.Zero);
        foreach (var member in scene.Site.Members)
        {
            var watch = Stopwatch.StartNew();
            if (!await scene.Site.Stop(member, Drain)) forced++;
            if (watch.Elapsed > slowest) slowest = watch.Elapsed;
            scene.Site.Start(member);
            await member.Process.Ready(TimeSpan.FromSeconds(90));
        }
        return forced == 0 ? $"slowest stop {slowest.TotalSeconds:0.0} s" : throw new PromiseBroken($"{forced} services had to be killed after {Drain.TotalSeconds:0} s.");
    }

    static async Task<string> KilledBehind(Scene scene, string block)
    {
        await using var connection = await scene.Site.Store(scene.Planned.Target).OpenConnectionAsync();
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await using (var command = new NpgsqlCommand(block, connection, transaction)) await command.ExecuteNonQueryAsync();
            await scene.Last();
            var members = scene.Site.Of(scene.Planned.Target).ToList();
            foreach (var member in members) await scene.Site.Kill(member);
            await transaction.RollbackAsync();
            foreach (var member in members) scene.Site.Start(member);
        }
        return "";
    }
}
