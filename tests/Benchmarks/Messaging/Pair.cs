using JasperFx.Events;

namespace Training.Benchmarks.Messaging;

/// <summary>Two services in two processes with a database each: this process appends and publishes, the other takes effect.</summary>
sealed class Pair(Func<Guid, SignalRecorded, Task> append, Child other, Place receiving)
{
    public Child Other => other;

    /// <summary>Commands sent so far.</summary>
    public int Sent => sent;

    int sent;

    public Task Append(Guid stream, SignalRecorded fact)
    {
        Interlocked.Increment(ref sent);
        return append(stream, fact);
    }

    public Task<bool> CaughtUp(double seconds) => Rig.Until(async () => await other.Count() >= sent, seconds);

    /// <summary>The check: every command has exactly one effect. Ids are primary keys, so as many effects as commands are none twice.</summary>
    public async Task<string> Wrong()
    {
        var effects = await receiving.Count("mt_doc_signaleffect");
        return effects == sent ? "" : $"{effects} effects of {sent} commands";
    }

    public static async Task<Reading> OfPlatform(Rig rig, Func<IEvent, object?> translate, Func<Pair, Task<Reading>> measure)
    {
        await using var sending = await rig.Servers.NewPlace("sender");
        await using var receiving = await rig.Servers.NewPlace("receiver");
        await using var other = await Child.Start(rig.Cpu, Roles.Subscriber, receiving with { Bus = sending.Bus });
        await using var platform = await Platform.Build(Platform.Sender, sending, translate);
        await platform.Start();
        return await Opened(new(platform.Append, other, receiving), measure);
    }

    public static async Task<Reading> OfWolverine(Rig rig, Func<Pair, Task<Reading>> measure)
    {
        await using var sending = await rig.Servers.NewPlace("sender");
        await using var receiving = await rig.Servers.NewPlace("receiver");
        await using var other = await Child.Start(rig.Cpu, Roles.WolverineSubscriber, receiving with { Bus = sending.Bus });
        await using var wolverine = await WolverineService.Start(sending, listens: false);
        return await Opened(new(wolverine.Append, other, receiving), measure);
    }

    /// <summary>The first command opens connections and compiles.</summary>
    static async Task<Reading> Opened(Pair pair, Func<Pair, Task<Reading>> measure)
    {
        await pair.Append(Guid.CreateVersion7(), Signals.Make(Clock.Now));
        if (!await pair.CaughtUp(30)) throw new InvalidOperationException("The first command had no effect within 30 s.");
        return await measure(pair);
    }
}
