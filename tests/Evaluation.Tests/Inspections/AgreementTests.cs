using CsCheck;
using Training.Evaluation.Findings;
using Training.Evaluation.Inspections;
using static Training.Evaluation.Tests.Samples;

namespace Training.Evaluation.Tests.Inspections;

public class AgreementTests
{
    /// <summary>Agresti's table of 91 couples; Kappa of R's vcd package gives 0.1293 unweighted.</summary>
    [Fact]
    public void Kappa_is_what_R_says()
    {
        int[][] table = [[7, 7, 2, 3], [2, 8, 3, 7], [1, 5, 4, 9], [2, 8, 9, 14]];
        var ratings = table.Index().SelectMany(row => row.Item.Index().SelectMany(cell => Enumerable.Repeat((row.Index, cell.Index), cell.Item))).ToList();
        Assert.Equal(0.1293, CohenKappa.Of(ratings), 4);
    }

    [Fact]
    public void Raters_who_always_agree_agree_perfectly() =>
        Gen.Int[0, 3].List[1, 50].Sample(ratings => Math.Abs(CohenKappa.Of([.. ratings.Select(rating => (rating, rating))]) - 1) < 1e-9);

    [Fact]
    public void Agreement_does_not_depend_on_who_is_first() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 3]).List[0, 50].Sample(ratings =>
            Math.Abs(CohenKappa.Of(ratings) - CohenKappa.Of([.. ratings.Select(pair => (pair.Item2, pair.Item1))])) < 1e-9);

    [Fact]
    public void Only_doubled_inspections_are_compared()
    {
        var checklists = new Dictionary<string, Evaluation.Checklists.Checklist> { ["v3"] = Samples.Checklist };
        Inspection[] all = [Walk("E1", Today, "A1", "B2"), Walk("E2", Today, "A1", "B1", "B2"), Walk("E1", Today.AddDays(1), "A8")];

        // Of four items they agree on A1, A8 and B2: 0.75 observed, 0.5 by chance.
        Assert.Equal([new Agreement("E1", "E2", Inspections: 1, Items: 4, Kappa: 0.5)], Agreements.Of(all, checklists));
    }

    static Inspection Walk(string inspector, DateOnly on, params string[] failed) =>
        new(Guid.CreateVersion7(), Estate, "v3", inspector, on, [.. failed.Select(code => new FailedItem(code, Cause.Skill, ""))], []);
}
