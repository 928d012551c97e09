using System.Globalization;
using System.Text.Json;
using Training.Chaos.Ground;
using Training.Foundation;

namespace Training.Chaos.Load;

/// <summary>
/// One plan after the other: money for a quarter, a plan drafted and frozen, runs funded or declined by Budgeting, and then held, cancelled or left alone.
/// </summary>
sealed class Planners(Site site, ClientLog log, Group group, int seed) : Actor(site, log, group, seed)
{
    const string NeedsAssessment = nameof(NeedsAssessment), Scheduling = nameof(Scheduling), Budgeting = nameof(Budgeting);
    const int Year = 2030;

    static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(25);

    int round, day;

    protected override async Task Next(CancellationToken stop, CancellationToken end)
    {
        var quarter = string.Create(CultureInfo.InvariantCulture, $"{Year + round / 4}Q{round % 4 + 1}");
        round++;
        foreach (var entity in Group.Entities)
            foreach (var category in Group.Categories)
            {
                var code = $"{Group.Tenant}-{quarter}-{entity}-{category}";
                await Put(NewOrder(Budgeting, "plan line", new Expected("line_planned")), $"/lines/{Group.LineId(code)}", new
                {
                    year = int.Parse(quarter[..4], CultureInfo.InvariantCulture), quarter, code, legalEntity = entity, fundCategory = category, frontLine = true,
                    amount = 115 * Random.Next(0, 5), currency = "CNY", onOverrun = "Stop", warnAt = 1,
                }, Role.FinanceController, end);
                if (stop.IsCancellationRequested) return;
            }

        var plan = NewId();
        var drafted = await Put(NewOrder(NeedsAssessment, "draft plan", new Expected("plan_drafted", 1, 0), new Expected("plan_line_drafted", 0, int.MaxValue)),
            $"/plans/{plan}", new { year = int.Parse(quarter[..4], CultureInfo.InvariantCulture), quarter }, Role.GroupTrainingManager, end);
        if (drafted.Reply != Reply.Acknowledged) return;
        await Post(NewOrder(NeedsAssessment, "freeze plan", new Expected("plan_frozen"), new Expected("plan_line_frozen", 1, 100)), $"/plans/{plan}/freeze", null, Role.GroupTrainingManager, end);
        foreach (var run in await Answered(plan, stop, end))
        {
            if (stop.IsCancellationRequested) return;
            await Follow(run, end);
        }
    }

    /// <summary>The runs of the plan once all that exist have their answer, or after a while those that have.</summary>
    async Task<IReadOnlyList<JsonElement>> Answered(Guid plan, CancellationToken stop, CancellationToken end)
    {
        IReadOnlyList<JsonElement> runs = [];
        for (var since = DateTimeOffset.UtcNow; !stop.IsCancellationRequested && DateTimeOffset.UtcNow - since < LongestWait;)
        {
            var page = await Client.Get(Scheduling, $"/runs?planId={plan}&take=500", end);
            runs = page is { } found ? [.. found.GetProperty("items").EnumerateArray().Select(run => run.Clone())] : [];
            if (runs.Count > 0 && runs.All(run => run.GetProperty("state").GetString() != "Planned")) break;
            await Task.Delay(500, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        return runs;
    }

    async Task Follow(JsonElement run, CancellationToken end)
    {
        var id = run.GetProperty("id").GetGuid();
        switch (Random.Next(10))
        {
            case < 6:
                if (!await Schedule(id, run, end)) return;
                if (Random.Next(4) > 0) await Hold(id, end);
                else if (Random.Next(2) == 0) await Cancel(id, end);
                break;
            case < 8: await Cancel(id, end); break;
        }
    }

    async Task<bool> Schedule(Guid run, JsonElement card, CancellationToken end)
    {
        // A day of its own for every run, so that nobody is asked for twice.
        var startsAt = new DateTime(Year, 1, 1, 1, 0, 0, DateTimeKind.Utc).AddDays(++day);
        var course = card.GetProperty("courseCode").GetString() ?? "";
        var order = await Post(NewOrder(Scheduling, "schedule run", new("run_placed"), new("run_confirmed"), new("cohort_enrolled"), new("session_scheduled")), $"/runs/{run}/schedule", new
        {
            startsAt = startsAt.ToString("O", CultureInfo.InvariantCulture), trainerId = Group.TrainerId($"{course}-T"), venueId = Group.VenueId(card.GetProperty("region").GetString() ?? ""),
        }, Role.GroupTrainingManager, end);
        return order.Reply == Reply.Acknowledged;
    }

    async Task Hold(Guid run, CancellationToken end) => await Post(NewOrder(Scheduling, "hold session", new("session_held"), new("session_counted"), new("run_finished")),
        $"/sessions/{DerivedId.Of("session", run.ToString(), "1")}/hold", new { endedAt = "2060-01-01T00:00:00Z" }, Role.GroupTrainingManager, end);

    async Task Cancel(Guid run, CancellationToken end) => await Post(NewOrder(Scheduling, "cancel run", new Expected("run_cancelled")),
        $"/runs/{run}/cancel", new { reason = $"{Group.Tenant}-called-off" }, Role.GroupTrainingManager, end);
}
