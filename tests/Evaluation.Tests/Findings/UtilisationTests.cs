using CsCheck;
using Training.Evaluation.Findings;
using static Training.Evaluation.Tests.Samples;

namespace Training.Evaluation.Tests.Findings;

public class UtilisationTests
{
    static FindingStep Step(params IFindingFact[] facts) => FindingStep.Of(Given<Finding>.That([.. facts]).State);

    [Fact]
    public void Only_relevant_findings_with_completed_and_verified_training_count()
    {
        var funnel = Funnel.Of(
        [
            Step(Found(), Actioned, Trained, Verified),
            Step(Found(), Actioned, Trained, Recurred),
            Step(Found(), Actioned, Trained, Recurred, Verified with { VerifiedOn = Recurred.On.AddDays(9) }),
            Step(Found(), Actioned, Trained),
            Step(Found(), Actioned),
            Step(Found(), Verified),
            Step(Found()),
            Step(Found(Cause.Tool), Verified),
            Step(Found(competency: "")),
        ]);

        Assert.Equal(new Funnel(Found: 9, TrainingRelevant: 7, Actioned: 3, Trained: 2, Verified: 1), funnel);
        Assert.Equal((0.1429m, 1, 7), (funnel.Rate, funnel.Numerator, funnel.Denominator));
    }

    [Fact]
    public void History_counts_with_its_quarter()
    {
        var history = Given<ImportedFindings>.That(new FindingsImported(Estate, new(2026, 10, 1), new(2026, 12, 31),
            [new("A1", Cause.Skill, "C19", true, true), new("A1", Cause.Skill, "C19", false, true), new("B2", Cause.Skill, "", true, true)], Now)).State;

        Assert.Equal(new Funnel(3, 2, 1, 1, 1), Funnel.Of([.. FindingStep.Of(history)]));
    }

    [Fact]
    public void Without_relevant_findings_the_rate_is_0_of_0() => Assert.Equal((0m, 0), (Funnel.Of([]).Rate, Funnel.Of([]).Denominator));

    [Fact]
    public void The_estates_add_up_and_no_step_is_wider_than_the_one_before() =>
        Gen.Select(Gen.Bool.Select(first => first ? Estate : OtherEstate), Gen.Bool, Gen.Bool, Gen.Bool, Gen.Bool)
            .Select((estate, relevant, actioned, trained, verified) => new FindingStep(estate, relevant, actioned, trained, verified)).Array[0, 30].Sample(steps =>
            {
                var all = Utilisation.Of(Today, Today, steps);
                return all.Estates.Values.Sum(estate => estate.Numerator) == all.Numerator && all.Estates.Values.Sum(estate => estate.Found) == all.Found
                    && all.Found >= all.TrainingRelevant && all.TrainingRelevant >= all.Actioned && all.Actioned >= all.Trained && all.Trained >= all.Verified;
            });
}
