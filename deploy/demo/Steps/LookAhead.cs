using System.Text.Json;
using Training.Foundation;

namespace Training.Demo;

/// <summary>When the answers of the quarter are read, a small plan more leaves sessions ahead and requests to judge, so that the door, the check-in and the manager's list can be seen.</summary>
static class LookAhead
{
    const string NeedsAssessment = nameof(NeedsAssessment), Scheduling = nameof(Scheduling), Budgeting = nameof(Budgeting);
    const string Course = "P01";
    const int PlacesPerRegion = 14, Requests = 6;

    /// <summary>Whom the demo's employee account belongs to.</summary>
    public const string Employee = "P-EST-01-STW-001";

    static readonly string[] Why = ["夜班投诉多，想提高处理能力", "新接手的楼栋需要这项能力", "业主反馈希望改进"];

    static Guid PlanId(Stage stage) => DerivedId.Of("plan-ahead", stage.Group.Code, stage.Quarter.Label);

    public static async Task Run(Stage stage)
    {
        await stage.Step("sessions ahead", () => Sessions(stage));
        await stage.Step("training requests", () => Ask(stage));
    }

    /// <summary>What the runs ahead hold on their lines.</summary>
    public static async Task<decimal> Held(Stage stage, string state)
    {
        var held = 0m;
        foreach (var run in await Runs(stage)) held += (await stage.Platform.Get(Budgeting, $"/runs/{run.Id("id")}/funding", stage.Ct)).Amount(state);
        return held;
    }

    static Task<IReadOnlyList<JsonElement>> Runs(Stage stage) => stage.Platform.List(Scheduling, $"/runs?planId={PlanId(stage)}", stage.Ct);

    static async Task<FormattableString> Sessions(Stage stage)
    {
        var (platform, quarter, ct) = (stage.Platform, stage.Quarter, stage.Ct);
        var places = stage.Group.Courses.Where(course => course.NeedsSession).ToDictionary(course => course.Code, course => course.Code == Course ? PlacesPerRegion * stage.Group.Regions.Count : 0);
        try
        {
            await platform.Put(NeedsAssessment, $"/plans/{PlanId(stage)}", new { year = quarter.Year, quarter = quarter.Label, placesPerCourse = places }, Role.GroupTrainingManager, ct);
            await platform.Post(NeedsAssessment, $"/plans/{PlanId(stage)}/freeze", null, Role.GroupTrainingManager, ct);
        }
        catch (Refused refused) when (refused.Code == "plan-empty") { return $"none, nobody lacks {Course} and has room for it"; }
        catch (Refused refused) when (refused.Code == "plan-frozen") { return $"left before"; }
        var lines = (await platform.Get(NeedsAssessment, $"/plans/{PlanId(stage)}", ct)).GetProperty("lines").GetArrayLength();
        await Platform.Until("the runs ahead have their answer", async () =>
            await Runs(stage) is var runs && runs.Count >= lines && runs.All(run => run.Text("state") != "Planned"), ct);
        foreach (var region in stage.Group.Regions)
            await platform.Post(Scheduling, $"/plans/{PlanId(stage)}/schedule", new { region = region.Code, from = Quarter.Day(quarter.Weeks.First()), to = Quarter.Day(quarter.Last) }, Role.GroupTrainingManager, ct);

        var confirmed = (await Runs(stage)).Where(run => run.Text("state") == "Confirmed").ToList();
        foreach (var run in confirmed.Where(run => run.Text("region") == stage.Group.Regions[0].Code))
        {
            try { await platform.Put(Scheduling, $"/runs/{run.Id("id")}/learners/{stage.Group.EmployeeId(Employee)}", null, Role.EstateManager, ct); }
            // His post may need him just then.
            catch (Refused refused) { stage.Say($"sessions ahead: {Employee} stays at his post ({refused.Code})"); }
        }
        return $"{confirmed.Count} runs of {Course} confirmed";
    }

    static async Task<FormattableString> Ask(Stage stage)
    {
        var (platform, ct) = (stage.Platform, stage.Ct);
        List<Guid> asked = [];
        foreach (var (person, rank) in stage.People.All.Where(person => !person.Estate.IsHeadOffice).Take(Requests).Select((person, rank) => (person, rank)))
        {
            var card = await platform.Get(NeedsAssessment, $"/employees/{person.EmployeeId}/competencies", ct);
            if (card.Items("competencies").Where(line => line.Count("gap") > 0).Select(line => line.Text("competencyCode")).FirstOrDefault() is not { } competency) continue;
            await platform.Put(NeedsAssessment, $"/employees/{person.EmployeeId}/training-requests/{competency}", new { why = Why[rank % Why.Length] }, Role.EstateManager, ct);
            asked.Add(person.EmployeeId);
        }
        var open = await platform.List(NeedsAssessment, "/training-requests?state=Submitted", ct);
        foreach (var request in open.Take(open.Count / 3)) await platform.Post(NeedsAssessment, $"/training-requests/{request.Id("id")}/approve", null, Role.EstateManager, ct);
        return $"{asked.Count} asked, {open.Count / 3} approved";
    }
}
