using System.Diagnostics;

namespace Training.Journeys.Tests;

/// <summary>Every message of the quarter goes out a second time, and nothing happens.</summary>
[Collection<AfterAQuarter>]
public class ReplayTests(SmallQuarter quarter)
{
    [Fact]
    public async Task Messages_that_come_twice_change_nothing()
    {
        var platform = quarter.Platform;
        await Quiet();
        var before = await Facts();
        Assert.All(before, pair => Assert.True(pair.Value > 0, pair.Key));
        var documents = await Documents();

        foreach (var service in PlatformHost.Names) await platform.Kill(service);
        foreach (var service in PlatformHost.Names) await platform.Write(service, "delete from mt_event_progression where name like 'outbox:%'");
        foreach (var service in PlatformHost.Names) await platform.Restart(service);

        await Quiet();
        Assert.Equal(before, await Facts());
        Assert.Equal(documents, await Documents());
    }

    /// <summary>All facts are published and all messages handled, for longer than the broker takes to count anew.</summary>
    async Task Quiet()
    {
        for (var since = Stopwatch.StartNew(); since.Elapsed < TimeSpan.FromSeconds(6); await Task.Delay(500))
            if (!await IsQuiet())
            {
                await Eventually.True(IsQuiet, "the platform is quiet", TimeSpan.FromMinutes(2));
                since.Restart();
            }
    }

    async Task<bool> IsQuiet()
    {
        foreach (var service in PlatformHost.Names)
            if ((await quarter.Platform.Read<bool>(service, """
                select coalesce((select last_seq_id from mt_event_progression where name like 'outbox:%'), 0) >= coalesce((select max(seq_id) from mt_events), 0)
                """)) is not [true]) return false;
        return await quarter.Platform.Waiting() == 0;
    }

    async Task<Dictionary<string, long>> Facts()
    {
        Dictionary<string, long> counts = [];
        foreach (var service in PlatformHost.Names) counts[service] = (await quarter.Platform.Read<long>(service, "select count(*) from mt_events"))[0];
        return counts;
    }

    /// <summary>What every service keeps, watermarks included: a sum of each table.</summary>
    async Task<Dictionary<string, string>> Documents()
    {
        Dictionary<string, string> sums = [];
        foreach (var service in PlatformHost.Names)
            foreach (var table in await quarter.Platform.Read<string>(service, "select table_name::text from information_schema.tables where table_schema = 'public' and table_name like 'mt_doc_%' order by 1"))
                sums[$"{service} {table}"] = (await quarter.Platform.Read<string>(service, $"select concat(count(*), ' ', md5(string_agg(concat(id, data), '' order by id::text))) from {table}"))[0];
        return sums;
    }
}
