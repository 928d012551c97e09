using System.Text.Json;

namespace Training.Demo;

/// <summary>Reads from the platform what the reference group plants, and what one quarter must have done.</summary>
static class ReadAnswers
{
    /// <summary>Read before the quarter's own training changes anything.</summary>
    public static async Task Before(Stage stage)
    {
        var (group, platform, ct) = (stage.Group, stage.Platform, stage.Ct);
        var estates = await platform.List("Workforce", "/estates", ct);
        stage.Answer("households", $"{(group.IsWhole ? 17_276 : group.Estates.Sum(estate => estate.Households))}", $"{estates.Sum(estate => estate.Count("households"))}");
        var employees = await platform.Get("Workforce", "/employees?take=1", ct);
        stage.Answer("employees", $"{(group.IsWhole ? 6_000 : stage.People.All.Count)}", $"{employees.Count("total")}");
        var wages = (await platform.List("Workforce", "/wage-bases", ct)).Sum(wages => wages.Amount("amount"));
        stage.Answer("wage-base", $"{(group.IsWhole ? 355_598_000 : WageBase(stage))}", $"{wages:0.##}");

        var coverage = await platform.Get("Catalogue", "/coverage", ct);
        stage.Answer("steps-covered", $"237/408", $"{coverage.Count("served")}/{coverage.Count("steps")}");
        stage.Answer("steps-covered-share", $"58%", $"{coverage.Amount("share"):0%}");
        stage.Answer("steps-covered-by-heads", $"{(group.IsWhole ? 0.80m : ShareByHeads(group)):0%}", $"{coverage.Amount("shareByHeads"):0%}");
        // The load of a grade comes from the heads of the whole group; a part of it has no planted answer.
        var senior = (await platform.Get("Catalogue", "/capacity", ct)).Items("grades").Single(grade => grade.Text("grade") == "I3");
        if (group.IsWhole) stage.Answer("grade-3-trainer-demand", $"118%", $"{senior.Amount("load"):0%}");

        var survey = await platform.Get("NeedsAssessment", $"/survey-waves/{AskOwners.WaveId(stage)}/results", ct);
        var quadrants = survey.Items("items").CountBy(item => item.Text("quadrant")).ToDictionary();
        stage.Answer("ipa-quadrants", $"6/8/7/3", $"{Of("ConcentrateHere")}/{Of("KeepUp")}/{Of("LowPriority")}/{Of("PossibleOverkill")}");
        var (from, to) = Inspect.History(stage);
        var utilisation = await platform.Get("Evaluation", $"/utilisation?from={Quarter.Day(from)}&to={Quarter.Day(to)}", ct);
        stage.Answer("utilisation-before", $"{(group.IsWhole ? 34 : Inspect.PlantedUtilisation(group))}%", $"{utilisation.Amount("rate"):0%}");

        var budget = await platform.Get("Budgeting", $"/summary?year={stage.Quarter.Year}", ct);
        stage.Answer("budget-allocated", $"{(group.IsWhole ? 5_778_155 : PlanMoney.Lines(stage).Sum(line => line.Amount)):0.##}", $"{budget.Amount("allocated"):0.##}");
        stage.Answer("budget-wage-base", $"{wages:0.##}", $"{budget.Amount("wageBase"):0.##}");

        int Of(string quadrant) => quadrants.GetValueOrDefault(quadrant);
    }

    /// <summary>Read when the quarter is over; runs that an earlier demo left ahead are not of it.</summary>
    public static async Task After(Stage stage)
    {
        var (platform, ct) = (stage.Platform, stage.Ct);
        var verified = await platform.Get("Scheduling", $"/verification?planId={MakePlan.PlanId(stage)}", ct);
        stage.Answer("slots-below-minimum", $"0", $"{verified.Count("slotsBelowMinimum")}");
        stage.Answer("schedule-violations", $"0", $"{verified.Items("violations").Count()}");
        stage.Answer("sessions-verified", $">0", $"{verified.Count("sessions")}");
        var runs = await MakePlan.Runs(stage);
        stage.Answer("runs-held", $">0", $"{runs.Count(run => run.Text("state") == "Held")}");
        stage.Answer("runs-left-open", $"0", $"{runs.Count(run => run.Text("state") is not ("Held" or "Parked" or "Cancelled"))}");

        var lines = await platform.List("Budgeting", $"/lines?year={stage.Quarter.Year}", ct);
        stage.Answer("money-reserved-left", $"0", $"{lines.Sum(line => line.Amount("reserved")) - await LookAhead.Held(stage, "reserved"):0.##}");
        stage.Answer("money-committed-left", $"0", $"{lines.Sum(line => line.Amount("committed")) - await LookAhead.Held(stage, "committed"):0.##}");
        stage.Answer("money-unaccounted", $"0", $"{lines.Sum(Unaccounted):0.##}");
        stage.Answer("money-spent", $">0", $"{lines.Sum(line => line.Amount("actual")):0.##}");

        var gaps = await platform.Get("NeedsAssessment", "/gaps/summary", ct);
        stage.Answer("gaps-closed", $">0", $"{gaps.Count("closedGaps")}");
        var (from, to) = Inspect.Window(stage);
        var findings = await platform.Get("Evaluation", $"/utilisation?from={Quarter.Day(from)}&to={Quarter.Day(to)}", ct);
        stage.Answer("findings-trained-and-verified", $">0", $"{findings.Count("verified")}");
    }

    static decimal Unaccounted(JsonElement line) => Math.Abs(
        line.Amount("allocated") - line.Amount("reserved") - line.Amount("committed") - line.Amount("actual") - line.Amount("available"));

    static decimal WageBase(Stage stage) => stage.People.All.Sum(person => stage.Group.Positions.Single(position => position.Code == person.Position).AnnualWage);

    /// <summary>The same arithmetic as the curriculum check, done once more for a part of the group: heads with a course for each level they need.</summary>
    static decimal ShareByHeads(Group part)
    {
        var heads = part.Estates.SelectMany(estate => estate.Staff).GroupBy(staff => staff.Key, staff => staff.Value).ToDictionary(staff => staff.Key, staff => staff.Sum());
        var needed = from competency in part.Competencies
                     from required in competency.Required
                     from level in Enumerable.Range(2, Math.Max(0, required.Value - 1))
                     let served = part.Courses.Any(course => course.Audience.ContainsKey(required.Key)
                         && course.Steps.Any(step => step.Competency == competency.Code && step.From < level && level <= step.To))
                     select (Heads: heads[required.Key], Served: served);
        return (decimal)needed.Where(one => one.Served).Sum(one => one.Heads) / needed.Sum(one => one.Heads);
    }
}
