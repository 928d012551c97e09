using System.Globalization;
using Training.Foundation;

namespace Training.Demo;

/// <summary>An item that failed in an inspection.</summary>
sealed record Fault(CheckItem Item, string Cause);

/// <summary>Quality inspections: the checklist, last year's findings, and three monthly rounds at every estate.</summary>
static class Inspect
{
    const string Evaluation = nameof(Evaluation);
    const int Rounds = 3, FaultsPerRound = 5, FindingsLastYear = 75, RelevantLastYear = 41;
    const string ChecklistVersion = "3";

    static readonly string[] OtherCauses = ["Tool", "Process", "Staffing", "Motive"];

    public static async Task Run(Stage stage)
    {
        var (group, platform, ct) = (stage.Group, stage.Platform, stage.Ct);
        await stage.Step("checklist", async () =>
        {
            await platform.Put(Evaluation, $"/checklists/{ChecklistVersion}", new
            {
                sections = group.Checklist.Select(section => new
                {
                    name = section.Name,
                    items = section.Items.Select(item => new { code = item.Code, text = item.Name, points = item.Points, severity = item.Severity, competency = item.Competency }),
                }),
            }, Role.GroupTrainingManager, ct);
            return $"{group.Checklist.Sum(section => section.Items.Count)} items in {group.Checklist.Count} sections";
        });
        await stage.Step("last year's findings", async () =>
        {
            var rows = group.Managed.SelectMany(estate => LastYear(stage, estate)).ToList();
            await platform.Post(Evaluation, "/findings/import", new { checklistVersion = ChecklistVersion, findings = rows }, Role.QualityInspector, ct);
            return $"{rows.Count:N0} imported";
        });
        await stage.Step("inspections", async () =>
        {
            var rounds = group.Managed.SelectMany(estate => Enumerable.Range(0, Rounds).Select(round => (Estate: estate, Round: round))).ToList();
            await Platform.Each(rounds, async (inspection, token) => await platform.Put(Evaluation, $"/inspections/{Id(group, inspection.Estate, Day(stage, inspection.Round))}", new
            {
                estateId = group.EstateId(inspection.Estate),
                checklistVersion = ChecklistVersion,
                inspector = $"quality-{inspection.Estate.Region}",
                on = Quarter.Day(Day(stage, inspection.Round)),
                findings = Faults(group, inspection.Estate, inspection.Round).Select(fault => new { itemCode = fault.Item.Code, cause = fault.Cause, note = "" }),
            }, Role.QualityInspector, token), ct);
            return $"{rounds.Count} at {group.Managed.Count()} estates, {rounds.Count * FaultsPerRound} findings";
        });
    }

    static Guid Id(Group group, Estate estate, DateOnly on) => DerivedId.Of("inspection", group.Code, estate.Code, Quarter.Day(on));

    /// <summary>The rounds lie in the three months before today.</summary>
    static DateOnly Day(Stage stage, int round) => stage.Quarter.Today.AddDays(-30 * (Rounds - round) + 10);

    /// <summary>What fails most is what people master least; 55 of 100 findings are for want of skill.</summary>
    static IEnumerable<Fault> Faults(Group group, Estate estate, int round)
    {
        var gaps = group.Competencies.ToDictionary(competency => competency.Code, competency => (double)competency.GapShare);
        return Items(group)
            .OrderByDescending(item => Math.Pow(Chance.Of("fault", estate.Code, round.ToString(CultureInfo.InvariantCulture), item.Code), 1 / gaps[item.Competency]))
            .Take(FaultsPerRound)
            .Select(item => new Fault(item, Cause(estate.Code, string.Create(CultureInfo.InvariantCulture, $"{round}-{item.Code}"))));
    }

    /// <summary>How many of the rounds' findings training may answer.</summary>
    public static int Relevant(Group group) => group.Managed.Sum(estate => Enumerable.Range(0, Rounds).Sum(round => Faults(group, estate, round).Count(fault => fault.Cause == "Skill")));

    static string Cause(string estate, string key) =>
        Chance.Of("cause", estate, key) < 0.55 ? "Skill" : OtherCauses[(int)(Chance.Of("other", estate, key) * OtherCauses.Length)];

    static IEnumerable<CheckItem> Items(Group group) => group.Checklist.SelectMany(section => section.Items);

    /// <summary>From the first round to the last.</summary>
    public static (DateOnly From, DateOnly To) Window(Stage stage) => (Day(stage, 0), Day(stage, Rounds - 1));

    /// <summary>The four whole quarters before the rounds began.</summary>
    public static (DateOnly From, DateOnly To) History(Stage stage)
    {
        var begin = Day(stage, 0);
        var quarter = new DateOnly(begin.Year, (begin.Month - 1) / 3 * 3 + 1, 1);
        return (quarter.AddMonths(-12), quarter.AddDays(-1));
    }

    /// <summary>Of 75 findings 41 were training-relevant; as many of these as the estate's planted utilisation says were trained and verified.</summary>
    static IEnumerable<object> LastYear(Stage stage, Estate estate)
    {
        var (items, used, begin) = (Items(stage.Group).ToList(), UsedLastYear(estate), History(stage).From);
        return Enumerable.Range(0, FindingsLastYear).Select(number => new
        {
            period = Label(begin.AddMonths(number % 4 * 3)),
            estateId = stage.Group.EstateId(estate),
            itemCode = items[number % items.Count].Code,
            cause = number < RelevantLastYear ? "Skill" : OtherCauses[number % OtherCauses.Length],
            trained = number < used,
            verified = number < used,
        });
    }

    static string Label(DateOnly day) => $"{day.Year}Q{(day.Month + 2) / 3}";

    static int UsedLastYear(Estate estate) => (int)Math.Round(estate.Utilisation * RelevantLastYear, MidpointRounding.AwayFromZero);

    /// <summary>F20 as planted, in whole per cent.</summary>
    public static decimal PlantedUtilisation(Group group) =>
        Math.Round(100m * group.Managed.Sum(UsedLastYear) / (RelevantLastYear * group.Managed.Count()), MidpointRounding.AwayFromZero);
}
