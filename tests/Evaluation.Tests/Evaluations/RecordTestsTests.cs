using CsCheck;
using Training.Evaluation.Evaluations;
using static Training.Evaluation.Evaluations.RecordTestsHandler;
using static Training.Evaluation.Tests.Samples;
using TestResult = Training.Evaluation.Evaluations.TestResult;

namespace Training.Evaluation.Tests.Evaluations;

public class RecordTestsTests
{
    static TestPaper Paper(EmployeeId person, decimal post, decimal pre = 50, int day = 0) => new(person, pre, post, Now.AddDays(day), Today.AddDays(day));

    static RecordTests Of(params TestPaper[] papers) => new([.. papers], Now, Now.AddDays(40));

    static TestResult Result(EmployeeId person, decimal post, decimal pre = 50, int day = 0) => new(person, pre, post, Now.AddDays(day), post >= 80);

    static IssuedCertificate Certificate(EmployeeId person, DateOnly from, DateOnly to) => new(person, Course, "S02", Run, from, to);

    static Given<RunEvaluation> Open => Given<RunEvaluation>.That(Opened());

    static readonly EvaluationFacts Failed = new([Opened(), new TestResultsRecorded([Result(First, 79.5m)], Now)]);
    static readonly EvaluationFacts Passed = new([Opened(), new TestResultsRecorded([Result(First, 80)], Now), new LearningProven(Run, Course, Steps, [new(First, 80)], Now)]);

    sealed record EvaluationFacts(IEvaluationFact[] All)
    {
        public Given<RunEvaluation> State => Given<RunEvaluation>.That([.. All]);
    }

    [Fact]
    public void Who_passes_has_proven_the_learning_and_gets_a_certificate() =>
        Open.When(run => Decide(run, Of(Paper(First, 80), Paper(Second, 79.9m)))).Then(
            new TestResultsRecorded([Result(First, 80), Result(Second, 79.9m)], Now),
            new LearningProven(Run, Course, Steps, [new(First, 80) { ValidTo = new(2029, 1, 19) }], Now),
            new CertificatesIssued([Certificate(First, new(2027, 1, 20), new(2029, 1, 19))], Now));

    [Fact]
    public void Without_a_pass_nothing_is_proven() => Open.When(run => Decide(run, Of(Paper(First, 79)))).Then(new TestResultsRecorded([Result(First, 79)], Now));

    [Fact]
    public void A_course_without_validity_certifies_for_ever() =>
        Assert.Equal(DateOnly.MaxValue, Given<RunEvaluation>.That(Opened(validityMonths: 0)).When(run => Decide(run, Of(Paper(First, 90))))
            .Facts.OfType<CertificatesIssued>().Single().Certificates[0].ValidTo);

    [Fact]
    public void The_same_results_again_change_nothing()
    {
        Passed.State.When(run => Decide(run, Of(Paper(First, 80)))).ThenNothing();
        Open.When(run => Decide(run, Of())).ThenNothing();
    }

    [Fact]
    public void A_retake_can_pass() =>
        Failed.State.When(run => Decide(run, Of(Paper(First, 88, day: 7)))).Then(
            new TestResultsRecorded([Result(First, 88, day: 7)], Now),
            new LearningProven(Run, Course, Steps, [new(First, 88) { ValidTo = new(2029, 1, 26) }], Now.AddDays(7)),
            new CertificatesIssued([Certificate(First, new(2027, 1, 27), new(2029, 1, 26))], Now));

    [Fact]
    public void Who_passed_before_proves_nothing_again() =>
        Passed.State.When(run => Decide(run, Of(Paper(First, 95, day: 7)))).Then(new TestResultsRecorded([Result(First, 95, day: 7)], Now));

    [Fact]
    public void A_recorded_result_stays()
    {
        Failed.State.When(run => Decide(run, Of(Paper(First, 85)))).ThenBroken("result-fixed");
        Open.When(run => Decide(run, Of(Paper(First, 85), Paper(First, 86)))).ThenBroken("result-fixed");
    }

    [Fact]
    public void A_test_is_not_taken_later_than_now()
    {
        Open.When(run => Decide(run, Of(Paper(First, 85), Paper(Second, 85, day: 41)))).ThenBroken("in-the-future");
        Open.When(run => Decide(run, Of(new TestPaper(First, 50, 85, DateTimeOffset.MaxValue, DateOnly.MaxValue)))).ThenBroken("in-the-future");

        // What was recorded with such a time before is no less recorded.
        Given<RunEvaluation>.That(Opened(), new TestResultsRecorded([Result(First, 70, day: 41)], Now)).When(run => Decide(run, Of(Paper(First, 70, day: 41)))).ThenNothing();
    }

    [Fact]
    public void A_test_belongs_to_the_last_day_of_the_run_or_comes_after_it()
    {
        TestPaper Taken(TimeSpan before) => Paper(First, 70) with { TakenAt = Now - before };
        Open.When(run => Decide(run, Of(Taken(TimeSpan.FromHours(25))))).ThenBroken("before-the-run");
        Given<RunEvaluation>.That(Opened() with { At = Now.AddDays(30) }).When(run => Decide(run, Of(Taken(TimeSpan.FromHours(25))))).ThenBroken("before-the-run");
        Open.When(run => Decide(run, Of(Taken(TimeSpan.FromHours(3))))).Then(new TestResultsRecorded([Result(First, 70) with { TakenAt = Now.AddHours(-3) }], Now));
    }

    [Fact]
    public void Only_who_attended_is_tested() => Open.When(run => Decide(run, Of(Paper(Stranger, 85)))).ThenBroken("not-an-attendee");

    [Fact]
    public void Only_who_completed_is_tested_and_the_others_are_named()
    {
        var outcome = Open.When(run => Decide(run, Of(Paper(First, 85), Paper(Early, 85))));
        outcome.ThenBroken("not-completed");
        Assert.Contains(Early.Value.ToString(), outcome.Broken?.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1, 50)]
    [InlineData(101, 50)]
    [InlineData(50, -1)]
    [InlineData(50, 101)]
    public void Scores_go_from_0_to_100(int pre, int post) => Open.When(run => Decide(run, Of(Paper(First, post, pre)))).ThenBroken("score-out-of-range");

    [Fact]
    public void The_first_test_is_measured_and_any_passes()
    {
        var score = TestScore.Of([Result(First, 79, pre: 58), Result(First, 90, pre: 58, day: 7), Result(Second, 100, pre: 100)]);
        Assert.Equal(new TestScore(N: 2, Passed: 2, MeanPre: 79, MeanPost: 89.5m, NormalisedGain: 0.5m, GainN: 1), score);
    }

    [Fact]
    public void No_tests_have_no_means() => Assert.Equal(new TestScore(0, 0, 0, 0, 0, 0), TestScore.Of([]));

    /// <summary>Hake's gain of people who all gained the same share is that share, whatever they knew before.</summary>
    [Fact]
    public void Equal_shares_of_what_could_be_learnt_give_that_gain() =>
        Gen.Select(Gen.Int[0, 99].Array[1, 30], Gen.Int[0, 100]).Sample((pres, share) =>
            TestScore.Of([.. pres.Select(pre => Result(new(Guid.NewGuid()), pre + (100 - pre) * share / 100m, pre))]).NormalisedGain == share / 100m);

    [Fact]
    public void However_often_people_sit_each_proves_once() =>
        Gen.Select(Gen.Int[0, 8], Gen.Int[0, 100]).Array[1, 40].Sample(sittings =>
        {
            List<IEvaluationFact> facts = [Opened()];
            foreach (var (index, (person, post)) in sittings.Index())
                facts.AddRange(Decide(Given<RunEvaluation>.That([.. facts]).State, Of(Paper(People[person].EmployeeId, post, day: index))));

            var proven = facts.OfType<LearningProven>().SelectMany(fact => fact.Learners).Select(learner => learner.EmployeeId).ToList();
            var passed = sittings.Where(sitting => sitting.Item2 >= 80).Select(sitting => People[sitting.Item1].EmployeeId).ToHashSet();
            return proven.Count == passed.Count && passed.SetEquals(proven) && facts.OfType<CertificatesIssued>().Sum(fact => fact.Certificates.Length) == proven.Count;
        }, iter: 30);
}
