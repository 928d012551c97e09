using System.Text.Json;
using Training.Foundation;

namespace Training.Demo;

/// <summary>Needs are ranked and approved, the plan is drafted and frozen, and every run of it is funded or turned down.</summary>
static class MakePlan
{
    const string NeedsAssessment = nameof(NeedsAssessment), Scheduling = nameof(Scheduling);
    const int HandedOver = 3;

    public static Guid PlanId(Stage stage) => DerivedId.Of("plan", stage.Group.Code, stage.Quarter.Label);

    public static async Task Run(Stage stage)
    {
        var (platform, ct) = (stage.Platform, stage.Ct);
        var plan = PlanId(stage);
        await stage.Step("needs", () => RankNeeds(stage));
        await stage.Step("plan drafted", async () =>
        {
            try
            {
                await platform.Put(NeedsAssessment, $"/plans/{plan}", new { year = stage.Quarter.Year, quarter = stage.Quarter.Label, placesPerCourse = Places(stage) }, Role.GroupTrainingManager, ct);
            }
            // An earlier run of the demo came as far as this.
            catch (Refused refused) when (refused.Code == "plan-frozen") { }
            var drafted = await Plan(stage);
            return $"{drafted.Lines} lines, {drafted.Places:N0} places";
        });
        await stage.Step("plan frozen", async () =>
        {
            await platform.Post(NeedsAssessment, $"/plans/{plan}/freeze", null, Role.GroupTrainingManager, ct);
            var frozen = await Plan(stage);
            await Platform.Until("every run of the plan has its answer", async () =>
            {
                var runs = await Runs(stage);
                return frozen.Offers.IsSubsetOf(runs.Select(Offer)) && runs.All(run => run.Text("state") != "Planned");
            }, ct);
            var states = (await Runs(stage)).CountBy(run => run.Text("state")).ToDictionary();
            return $"{states.Values.Sum()} runs: {string.Join(", ", states.Select(state => $"{state.Value} {state.Key.ToLowerInvariant()}"))}";
        });
    }

    public static Task<IReadOnlyList<JsonElement>> Runs(Stage stage) => stage.Platform.List(Scheduling, $"/runs?planId={PlanId(stage)}", stage.Ct);

    static async Task<FormattableString> RankNeeds(Stage stage)
    {
        var (platform, ct) = (stage.Platform, stage.Ct);
        IReadOnlyList<JsonElement> board = [];
        await Platform.Until("all findings stand behind their needs", async () =>
        {
            await platform.Post(NeedsAssessment, "/needs/refresh", null, Role.GroupTrainingManager, ct);
            board = await platform.List(NeedsAssessment, "/needs", ct);
            return board.SelectMany(need => need.Items("findingIds")).Select(finding => finding.GetGuid()).Distinct().Count() >= Inspect.Relevant(stage.Group);
        }, ct, seconds: 1);
        stage.Say($"needs: {board.Count} ranked, {Inspect.Relevant(stage.Group)} findings behind them");
        var candidates = board.Where(need => need.Text("state") == "Candidate").ToList();

        // What ranks last is looked at by hand: here the tools were missing, not the skill.
        foreach (var need in candidates.TakeLast(HandedOver))
            await platform.Post(NeedsAssessment, $"/needs/{need.Text("id")}/cause", new { cause = "Tool", owner = "operations" }, Role.GroupTrainingManager, ct);
        var approved = candidates.SkipLast(HandedOver).Select(need => need.Text("id")).ToList();
        await platform.Post(NeedsAssessment, "/needs/approve", new { needIds = approved }, Role.GroupTrainingManager, ct);
        return $"{approved.Count} approved, {HandedOver} handed over as no matter of training";
    }

    /// <summary>The quarter's share of a year's learners; a small group takes the whole year's, or most courses would be too small to be held.</summary>
    static Dictionary<string, int> Places(Stage stage)
    {
        var share = (stage.Group.IsWhole ? stage.Quarter.Share : 1) * stage.People.All.Count / 6_000;
        return stage.Group.Courses.Where(course => course.NeedsSession).ToDictionary(course => course.Code, course => (int)Math.Ceiling(course.LearnersPerYear * share));
    }

    /// <summary>All runs of a plan line are made at once.</summary>
    static (string Course, string Region) Offer(JsonElement lineOrRun) => (lineOrRun.Text("courseCode"), lineOrRun.Text("region"));

    static async Task<(int Lines, int Places, HashSet<(string, string)> Offers)> Plan(Stage stage)
    {
        var plan = await stage.Platform.Get(NeedsAssessment, $"/plans/{PlanId(stage)}", stage.Ct);
        return (plan.GetProperty("lines").GetArrayLength(), plan.Count("places"), [.. plan.Items("lines").Select(Offer)]);
    }
}
