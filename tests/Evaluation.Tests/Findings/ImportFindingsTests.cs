using Training.Evaluation.Findings;
using static Training.Evaluation.Findings.ImportFindingsHandler;
using static Training.Evaluation.Tests.Samples;

namespace Training.Evaluation.Tests.Findings;

public class ImportFindingsTests
{
    static readonly PastFinding Used = new("A1", Cause.Skill, "C19", Trained: true, Verified: true), Open = new("A8", Cause.Skill, "C05", Trained: false, Verified: false);

    static ImportFindings Command(params PastFinding[] findings) => new(Estate, new(2026, 4), [.. findings], Now);

    static readonly FindingsImported Imported = new(Estate, new(2026, 10, 1), new(2026, 12, 31), [Used, Open], Now);

    [Fact]
    public void A_quarter_is_imported_once_in_whatever_order()
    {
        GivenNothing.When(() => Decide(null, Command(Open, Used))).Then(Imported);
        Given<ImportedFindings>.That(Imported).When(history => Decide(history, Command(Used, Open))).ThenNothing();
    }

    [Fact]
    public void History_stays() => Given<ImportedFindings>.That(Imported).When(history => Decide(history, Command(Used))).ThenBroken("history-fixed");

    [Theory]
    [InlineData("2026Q5")]
    [InlineData("0000Q1")]
    [InlineData("2026-4")]
    [InlineData("")]
    public void A_quarter_is_written_in_one_way(string text) => GivenNothing.When(() => throw Broken(text)).ThenBroken("no-quarter");

    static Training.Foundation.RuleBroken Broken(string text) => Assert.Throws<Training.Foundation.RuleBroken>(() => Quarter.Parse(text));

    [Fact]
    public void A_quarter_has_three_months() => Assert.Equal((new(2027, 1, 1), new DateOnly(2027, 3, 31)), (Quarter.Parse("2027Q1").From, Quarter.Parse("2027Q1").To));
}
