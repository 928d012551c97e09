using System.Diagnostics;
using Npgsql;
using Training.Chaos.Load;
using Training.Foundation;

namespace Training.Chaos.Ground;

/// <summary>Wages of a legal entity of its own: a command whose effect shows in another service.</summary>
sealed class Canary(Site site, ClientLog log, int seed) : IDisposable
{
    readonly Client client = new(site, log, Group.Tenants[0], new Random(seed));
    int flights;

    /// <summary>Returns once the command given at one service has had its effect in another.</summary>
    public async Task Fly(CancellationToken ct)
    {
        var order = new Order(Guid.CreateVersion7(), client.Tenant, "Workforce", "canary", new Expected("wage_base_posted", 1, 0));
        await client.Send(order, HttpMethod.Put, $"/wage-bases/{client.Tenant}-CAN/2032", new { amount = ++flights, currency = "CNY" }, Role.FinanceController, ct);
        while (await site.Ask<long>("Budgeting", "select count(*) from mt_events where type = 'wage_base_received' and correlation_id = $1", order.Id.ToString()) == 0) await Task.Delay(50, ct);
    }

    public void Dispose() => client.Dispose();
}

/// <param name="Took">From the end of the fault.</param>
/// <param name="InTime">Without help.</param>
/// <param name="Remedy">What had to be done otherwise.</param>
sealed record Recovered(TimeSpan Took, bool InTime, string Remedy);

static class Recovery
{
    const string Behind = "select coalesce((select last_seq_id from mt_event_progression where name like 'outbox:%'), 0) < $1";

    /// <summary>How long it takes until every fact stored by now is published, and a new command goes all the way. What is not back in time is started anew.</summary>
    public static async Task<Recovered> Measure(Site site, Canary canary, TimeSpan limit)
    {
        var watch = Stopwatch.StartNew();
        Dictionary<string, long> marks = [];
        foreach (var service in Site.Services) marks[service] = await Patiently(() => site.Ask<long>(service, "select coalesce(max(seq_id), 0) from mt_events"));
        using var late = new CancellationTokenSource(limit);
        try
        {
            foreach (var (service, mark) in marks)
                while (await Patiently(() => site.Ask<bool>(service, Behind, mark))) await Task.Delay(50, late.Token);
            await canary.Fly(late.Token);
            return new(watch.Elapsed, InTime: true, "");
        }
        catch (OperationCanceledException)
        {
            List<string> behind = [];
            foreach (var (service, mark) in marks)
                if (await Patiently(() => site.Ask<bool>(service, Behind, mark))) behind.Add(service);
            foreach (var member in site.Members.Where(member => behind.Contains(member.Service) || behind.Count == 0))
            {
                await site.Kill(member);
                site.Start(member);
            }
            return new(watch.Elapsed, InTime: false, $"not recovered within {limit.TotalSeconds:0} s: {(behind.Count > 0 ? $"outbox of {string.Join(", ", behind)} behind" : "canary lost")}; started anew");
        }
    }

    /// <summary>All facts are published and all messages handled, for longer than the broker takes to count anew.</summary>
    public static async Task<TimeSpan> Quiet(Site site, TimeSpan patience)
    {
        var (watch, quiet) = (Stopwatch.StartNew(), Stopwatch.StartNew());
        var last = TimeSpan.Zero;
        while (quiet.Elapsed < TimeSpan.FromSeconds(7) && watch.Elapsed < patience)
        {
            if (!await IsQuiet(site)) { quiet.Restart(); last = watch.Elapsed; }
            await Task.Delay(500);
        }
        return last;
    }

    static async Task<bool> IsQuiet(Site site)
    {
        try
        {
            foreach (var service in Site.Services)
            {
                if (await site.Ask<bool>(service, Behind, await site.Ask<long>(service, "select coalesce(max(seq_id), 0) from mt_events"))) return false;
                // It is sent again by itself.
                if (await site.Ask<long>(service, "select count(*) from mt_doc_parkedmessage where data ->> 'code' = $1", ParkedMessage.WaitsForAnother) > 0) return false;
            }
            return (await site.Broker.Queues()).All(queue => queue.Messages == 0 || queue.IsOfTheDead);
        }
        catch (Exception exception) when (exception is NpgsqlException or HttpRequestException or TaskCanceledException) { return false; }
    }

    static async Task<T> Patiently<T>(Func<Task<T>> ask)
    {
        for (var tries = 0; ; tries++)
            try { return await ask(); }
            catch (NpgsqlException) when (tries < 300) { await Task.Delay(200); }
    }
}
