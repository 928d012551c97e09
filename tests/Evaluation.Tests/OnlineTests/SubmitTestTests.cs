using System.Collections.Immutable;
using CsCheck;
using Training.Evaluation.Evaluations;
using Training.Evaluation.OnlineTests;
using Training.Evaluation.QuestionBanks;
using Training.Foundation;
using static Training.Evaluation.OnlineTests.SubmitTestHandler;
using static Training.Evaluation.Tests.Samples;
using TestResult = Training.Evaluation.Evaluations.TestResult;

namespace Training.Evaluation.Tests.OnlineTests;

public class SubmitTestTests
{
    /// <summary>Twenty questions with four options; of every fourth two are right. Five make a test.</summary>
    static readonly BankVersion Bank = new(1, 5, [.. Enumerable.Range(0, 20).Select(number => new Question(
        new($"题 {number}", $"Q{number}"), [.. Enumerable.Range(0, 4).Select(option => new Wording($"{number} 选 {option}", $"{number} option {option}"))], number % 4 == 0 ? [1, 3] : [number % 4]))], Now);

    static QuestionSheet Sheet(EmployeeId person, int attempt = 1) => QuestionSheet.Draw(Bank, Run, person, attempt);

    /// <summary>Answers of which so many are right.</summary>
    static ImmutableArray<ImmutableArray<int>> Answers(int right, EmployeeId person, int attempt = 1) =>
    [
        .. Sheet(person, attempt).Questions.Select((question, index) =>
        {
            ImmutableArray<int> shown = [.. Bank.Questions[question.Question].Right.Select(option => question.Options.IndexOf(option))];
            return index < right ? shown : [Enumerable.Range(0, 4).First(option => !shown.Contains(option))];
        }),
    ];

    static SubmitTest Of(int right, EmployeeId? person = null, int attempt = 1, int day = 0) =>
        new(person ?? First, attempt, Answers(right, person ?? First, attempt), Bank, Now.AddDays(day), Today.AddDays(day));

    static Given<RunEvaluation> After(params SubmitTest[] tests)
    {
        List<IEvaluationFact> facts = [Opened()];
        foreach (var test in tests) facts.AddRange(Decide(Given<RunEvaluation>.That([.. facts]).State, test));
        return Given<RunEvaluation>.That([.. facts]);
    }

    static IEnumerable<Type> Kinds(IEnumerable<object> facts) => facts.Select(fact => fact.GetType());

    [Fact]
    public void Who_knows_four_of_five_has_passed_and_proven_the_learning()
    {
        var facts = Decide(After().State, Of(4));
        Assert.Equal([typeof(TestAnswered), typeof(TestResultsRecorded), typeof(LearningProven), typeof(CertificatesIssued)], Kinds(facts));
        Assert.Equal((4, 80m, 1, 1), facts.OfType<TestAnswered>().Single() is var answered ? (answered.Right, answered.Score, answered.Attempt, answered.BankVersion) : default);
        Assert.Equal(new TestResult(First, null, 80, Now, true), facts.OfType<TestResultsRecorded>().Single().Results[0]);
    }

    [Fact]
    public void Who_knows_three_of_five_can_try_again_the_next_day_but_not_the_same()
    {
        Assert.Equal([typeof(TestAnswered), typeof(TestResultsRecorded)], Kinds(Decide(After().State, Of(3))));
        var failed = After(Of(3));
        failed.When(run => Decide(run, Of(5, attempt: 2))).ThenBroken("one-attempt-a-day");
        Assert.Equal(100, Decide(failed.State, Of(5, attempt: 2, day: 1)).OfType<LearningProven>().Single().Learners[0].Score);
        failed.When(run => Decide(run, Of(5, attempt: 3, day: 1))).ThenBroken("attempt-out-of-turn");
    }

    [Fact]
    public void A_question_with_two_right_options_wants_both_and_no_other()
    {
        var (sheet, bank) = (Sheet(First), Bank with { Questions = [.. Bank.Questions.Select(question => question with { Right = [0, 1] })] });
        decimal Score(params int[] chosen) =>
            Decide(After().State, new(First, 1, [.. sheet.Questions.Select(question => chosen.Select(option => question.Options.IndexOf(option)).ToImmutableArray())], bank, Now, Today)).OfType<TestAnswered>().Single().Score;
        Assert.Equal([100m, 100m, 0m, 0m], [Score(0, 1), Score(1, 0), Score(0), Score(0, 1, 2)]);
    }

    [Fact]
    public void Sent_again_it_is_the_same_attempt_and_changed_it_is_refused()
    {
        var failed = After(Of(3));
        failed.When(run => Decide(run, Of(3))).ThenNothing();
        failed.When(run => Decide(run, Of(3, day: 1))).ThenNothing();
        failed.When(run => Decide(run, Of(5))).ThenBroken("attempt-over");
    }

    [Fact]
    public void There_are_three_attempts_and_none_after_a_pass()
    {
        After(Of(0), Of(1, attempt: 2, day: 1), Of(2, attempt: 3, day: 2)).When(run => Decide(run, Of(5, attempt: 4, day: 3))).ThenBroken("no-attempts-left");
        After(Of(5)).When(run => Decide(run, Of(5, attempt: 2, day: 1))).ThenBroken("already-passed");
    }

    [Fact]
    public void Only_who_completed_the_run_is_tested()
    {
        After().When(run => Decide(run, Of(5, Early))).ThenBroken("not-completed");
        After().When(run => Decide(run, Of(5, Stranger))).ThenBroken("not-an-attendee");
    }

    [Fact]
    public void Every_question_is_answered_with_options_that_are_there()
    {
        var all = Answers(5, First);
        foreach (ImmutableArray<int> bad in (ImmutableArray<int>[])[[], [4], [-1], [1, 1]])
            After().When(run => Decide(run, new(First, 1, all.SetItem(2, bad), Bank, Now, Today))).ThenBroken("answer-out-of-range");
        After().When(run => Decide(run, new(First, 1, all[1..], Bank, Now, Today))).ThenBroken("answers-missing");
    }

    [Fact]
    public void A_test_without_one_before_the_course_has_no_gain()
    {
        var run = After(Of(4), Of(2, Second)).State;
        Assert.Equal(new TestScore(N: 2, Passed: 1, MeanPre: 0, MeanPost: 60, NormalisedGain: 0, GainN: 0), TestScore.Of(run.Results));
        Assert.Equal((80m, 40m, -1m), (run.LastScoreOf(First), run.LastScoreOf(Second), run.LastScoreOf(Early)));
    }

    [Fact]
    public void A_sheet_stays_the_same_and_is_another_one_for_others_and_at_the_next_attempt()
    {
        static string Text(QuestionSheet sheet) => string.Join(';', sheet.Questions.Select(question => $"{question.Question}:{string.Join(',', question.Options)}"));
        Assert.Equal(Text(Sheet(First)), Text(Sheet(First)));
        Assert.Equal(3, new[] { Text(Sheet(First)), Text(Sheet(Second)), Text(Sheet(First, 2)) }.Distinct().Count());
    }

    [Fact]
    public void Whoever_draws_gets_as_many_different_questions_with_all_their_options() =>
        Gen.Select(Gen.Guid, Gen.Guid, Gen.Int[1, 3]).Sample((run, person, attempt) =>
        {
            var sheet = QuestionSheet.Draw(Bank, new(run), new(person), attempt);
            return sheet.Questions.Select(question => question.Question).Distinct().Count() == Bank.Draw && sheet.Questions.All(question => question.Options.Order().SequenceEqual([0, 1, 2, 3]));
        });

    /// <summary>With a chance of 1 in 20 each, so that no question is missing among 400 people but by a rare accident of ids that never change.</summary>
    [Fact]
    public void Every_question_comes_up()
    {
        var drawn = Enumerable.Range(0, 400).SelectMany(person => QuestionSheet.Draw(Bank, Run, new(DerivedId.Of($"{person}")), 1).Questions).CountBy(question => question.Question).ToDictionary();
        Assert.Equal(20, drawn.Count);
        Assert.InRange(drawn.Values.Min(), 60, 100);
        Assert.InRange(drawn.Values.Max(), 100, 140);
    }
}
