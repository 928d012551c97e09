using System.Text.Json;
using Training.Foundation;

namespace Training.Demo;

/// <summary>Runs get their places in the calendar; then people come, learn, answer and are tested.</summary>
static class HoldSessions
{
    const string Scheduling = nameof(Scheduling);
    const double NoShows = 0.09;
    const int CheckInsByPhone = 2;

    /// <summary>Runs the group calls off after they were confirmed, one of so many.</summary>
    const int OneCancelledOf = 100;

    public static async Task Schedule(Stage stage)
    {
        await stage.Step("calendar", async () =>
        {
            // One after the other: lecturers serve all regions, and who comes first gets them; so the outcome is the same in every run.
            foreach (var region in stage.Group.Regions)
            {
                var answer = await stage.Platform.Post(Scheduling, $"/plans/{MakePlan.PlanId(stage)}/schedule", new
                {
                    region = region.Code, from = Quarter.Day(stage.Quarter.Weeks.First()), to = Quarter.Day(stage.Quarter.Last),
                }, Role.GroupTrainingManager, stage.Ct);
                stage.Say($"calendar {region.Code}: {answer.Count("placed")} placed, {answer.Count("parked")} parked");
            }
            var runs = await MakePlan.Runs(stage);
            return $"{runs.Count(run => run.Text("state") == "Confirmed")} of {runs.Count} runs confirmed";
        });
    }

    /// <summary>Asks the planner for all regions at once, and accepts what it proposes.</summary>
    public static Task Plan(Stage stage, int seconds) => stage.Step("calendar", async () =>
    {
        var (from, to) = (Quarter.Day(stage.Quarter.Weeks.First()), Quarter.Day(stage.Quarter.Last));
        var id = DerivedId.Of("demo-proposal", MakePlan.PlanId(stage).ToString(), from);
        await stage.Platform.Post(Scheduling, $"/plans/{MakePlan.PlanId(stage)}/proposals",
            new { id, regions = stage.Group.Regions.Select(region => region.Code), from, to, seconds }, Role.GroupTrainingManager, stage.Ct);
        JsonElement found = default;
        await Platform.Until("the planner has searched", async () =>
        {
            found = await stage.Platform.Get(Scheduling, $"/proposals/{id}", stage.Ct);
            return found.GetProperty("proposal").Text("state") != "Requested";
        }, stage.Ct, seconds: 1);
        stage.Say($"proposal {found.GetProperty("proposal").Text("state")}: cost {found.GetProperty("cost").Count("total")}, first fit {found.GetProperty("firstFit").Count("total")}");
        var answer = await stage.Platform.Post(Scheduling, $"/proposals/{id}/accept", new { parkUnplaced = true }, Role.GroupTrainingManager, stage.Ct);
        return $"{answer.Count("accepted")} accepted, {answer.Count("refused")} refused, {answer.Count("parked")} parked";
    });

    public static async Task Hold(Stage stage)
    {
        var (platform, ct) = (stage.Platform, stage.Ct);
        await stage.Step("cancelled", async () =>
        {
            var off = (await MakePlan.Runs(stage)).Where(run => run.Text("state") == "Confirmed").OrderBy(run => run.Id("id")).Where((_, rank) => rank % OneCancelledOf == 5).ToList();
            await Platform.Each(off, async (run, token) =>
                await platform.Post(Scheduling, $"/runs/{run.Id("id")}/cancel", new { reason = "trainer ill" }, Role.GroupTrainingManager, token), ct);
            return $"{off.Count} runs";
        });
        await stage.Step("sessions", async () =>
        {
            var held = 0;
            var runs = (await MakePlan.Runs(stage)).Select(run => run.Id("id")).ToHashSet();
            var sessions = (await Sessions(stage)).Where(session => session.Text("state") == "Scheduled" && runs.Contains(session.Id("runId"))).OrderBy(Begins).ToList();
            // The sessions of one run follow each other; runs go side by side.
            await Platform.Each(sessions.GroupBy(session => session.Id("runId")), async (run, token) =>
            {
                foreach (var session in run)
                {
                    await HoldOne(stage, session, token);
                    if (Interlocked.Increment(ref held) % 100 == 0) stage.Say($"sessions: {held} of {sessions.Count} held");
                }
            }, ct);
            return $"{sessions.Count} held";
        });
    }

    public static Task<IReadOnlyList<JsonElement>> Sessions(Stage stage) => stage.Platform.List(Scheduling, "/sessions", stage.Ct);

    static DateTimeOffset Begins(JsonElement session) => session.GetProperty("startsAt").GetDateTimeOffset();

    /// <summary>Who stays away stays away from all sessions of the run.</summary>
    public static IReadOnlyList<Guid> Present(JsonElement session) =>
        [.. session.Items("learners").Select(learner => learner.GetGuid()).Where(learner => Chance.Of("no-show", session.Text("runId"), learner.ToString()) >= NoShows)];

    static async Task HoldOne(Stage stage, JsonElement session, CancellationToken ct)
    {
        var (platform, address) = (stage.Platform, $"/sessions/{session.Id("id")}");
        var (begins, ends) = (Begins(session), session.GetProperty("endsAt").GetDateTimeOffset());
        var present = Present(session);
        foreach (var learner in present.Take(CheckInsByPhone))
            await platform.Put(Scheduling, $"{address}/check-ins/{learner}", new { at = begins }, Role.Employee, ct);
        await platform.Put(Scheduling, $"{address}/attendance", new
        {
            entries = present.Select(learner => new { employeeId = learner, checkedInAt = begins, minutes = (int)(ends - begins).TotalMinutes }),
        }, Role.Trainer, ct);
        await platform.Post(Scheduling, $"{address}/hold", new { endedAt = ends }, Role.Trainer, ct);
    }
}
