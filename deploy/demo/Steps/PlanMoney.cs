using System.Globalization;
using Training.Foundation;

namespace Training.Demo;

/// <summary>A budget line of one legal entity, or of one estate, in one quarter.</summary>
sealed record QuarterLine(Guid Id, BudgetLine Line, string LegalEntity, string Quarter, decimal Amount, Guid? EstateId = null);

/// <summary>The education fund of the year: course lines with the companies that run the estates, drill kits with the estates, the rest with the head office.</summary>
static class PlanMoney
{
    const string Budgeting = nameof(Budgeting), Contingency = "BL-19", ExternalCourses = "BL-09", Licence = "BL-14", DrillKits = "BL-12";

    /// <summary>What the law demands is never stopped for want of money.</summary>
    static readonly string[] Statutory = ["BL-01", "BL-08", "BL-11"];

    public static Task Run(Stage stage) => stage.Step("budget", async () =>
    {
        var (group, platform, quarter) = (stage.Group, stage.Platform, stage.Quarter);
        var lines = Lines(stage).ToList();
        await platform.Put(Budgeting, $"/periods/{quarter.Year}", new { currency = group.Currency }, Role.FinanceController, stage.Ct);
        await Platform.Each(lines, async (line, token) => await platform.Put(Budgeting, $"/lines/{line.Id}", new
        {
            year = quarter.Year,
            quarter = line.Quarter,
            code = line.Line.Code,
            legalEntity = line.LegalEntity,
            estateId = line.EstateId,
            fundCategory = line.Line.Category,
            courses = line.Line.Courses,
            frontLine = line.Line.FrontLine,
            amount = line.Amount,
            currency = group.Currency,
            onOverrun = Statutory.Contains(line.Line.Code) ? "Warn" : "Stop",
            warnAt = 0.85,
        }, Role.FinanceController, token), stage.Ct);

        // The group lends its contingency to one region, whose plant course costs more than a quarter's share.
        var (from, to) = (Find(Contingency), Find(ExternalCourses));
        await platform.Post(Budgeting, "/transfers", new
        {
            transferId = DerivedId.Of("transfer", group.Code, quarter.Label), fromLineId = from.Id, toLineId = to.Id, amount = from.Amount, currency = group.Currency, reason = "plant course of the quarter",
        }, Role.FinanceController, stage.Ct);
        var licence = Find(Licence);
        await platform.Post(Budgeting, $"/lines/{licence.Id}/postings", new
        {
            postingId = DerivedId.Of("posting", group.Code, quarter.Label), amount = licence.Amount, currency = group.Currency, documentNo = $"INV-{quarter.Label}-001",
        }, Role.FinanceController, stage.Ct);
        // Every other estate buys in the quarter what it may.
        await Platform.Each(lines.Where(line => line.EstateId is not null && line.Quarter == quarter.Label && Chance.Of("kits", line.Id.ToString(), quarter.Label) < 0.5), async (line, token) =>
            await platform.Post(Budgeting, $"/lines/{line.Id}/postings", new
            {
                postingId = DerivedId.Of("posting", group.Code, quarter.Label, line.Id.ToString()), amount = Math.Round(0.6m * line.Amount, 2), currency = group.Currency, documentNo = $"KIT-{quarter.Label}",
            }, Role.FinanceController, token), stage.Ct);
        return $"{lines.Sum(line => line.Amount):N0} {group.Currency} on {lines.Count} lines";

        QuarterLine Find(string code) => lines.First(line => line.Line.Code == code && line.Quarter == quarter.Label);
    });

    public static IEnumerable<QuarterLine> Lines(Stage stage)
    {
        var whole = Group.Load(int.MaxValue);
        var companies = whole.Regions.Select(region => (Entity: $"YL-{region.Code}", Heads: whole.Estates.Where(estate => estate.LegalEntity == $"YL-{region.Code}").Sum(estate => estate.Heads))).ToList();
        var present = stage.Group.Estates.Select(estate => estate.LegalEntity).ToHashSet();
        foreach (var line in stage.Group.BudgetLines)
        {
            var quarters = Split(line.Amount, [1, 2, 3, 4], Quarter.ShareOf);
            foreach (var (number, amount) in line.Code == DrillKits ? quarters : [])
                foreach (var (estate, part) in Split(amount, [.. stage.Group.Managed], estate => estate.Heads))
                    yield return new(Id(stage, line.Code, estate.Code, number), line, estate.LegalEntity, stage.Quarter.LabelOf(number), part, stage.Group.EstateId(estate));
            foreach (var (number, amount) in line.Code == DrillKits ? [] : quarters)
                foreach (var (company, part) in line.Courses.Count > 0 ? Split(amount, companies, company => company.Heads) : [(("YL-HQ", 0), amount)])
                    if (present.Contains(company.Item1))
                        yield return new(Id(stage, line.Code, company.Item1, number), line, company.Item1, stage.Quarter.LabelOf(number), part);
        }
    }

    static Guid Id(Stage stage, string code, string owner, int number) =>
        DerivedId.Of("line", stage.Group.Code, stage.Quarter.Year.ToString(CultureInfo.InvariantCulture), code, owner, stage.Quarter.LabelOf(number));

    /// <summary>Parts in proportion to the weights, each in whole cents; the last takes what is left, so that they add up.</summary>
    static IEnumerable<(T Item, decimal Part)> Split<T>(decimal amount, List<T> items, Func<T, decimal> weight)
    {
        var (total, given) = (items.Sum(weight), 0m);
        foreach (var (item, rank) in items.Select((item, rank) => (item, rank)))
        {
            var part = rank == items.Count - 1 ? amount - given : Math.Round(amount * weight(item) / total, 2);
            given += part;
            yield return (item, part);
        }
    }
}
