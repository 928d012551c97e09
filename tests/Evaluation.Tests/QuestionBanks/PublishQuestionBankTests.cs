using System.Collections.Immutable;
using Training.Evaluation.QuestionBanks;
using static Training.Evaluation.QuestionBanks.PublishQuestionBankHandler;
using static Training.Evaluation.Tests.Samples;

namespace Training.Evaluation.Tests.QuestionBanks;

public class PublishQuestionBankTests
{
    static readonly ImmutableArray<Question> Three = [.. Enumerable.Range(1, 3).Select(number => Asked($"Q{number}", 0, "right", "wrong", "worse"))];

    static Question Asked(string stem, int right, params string[] options) => new(Both(stem), [.. options.Select(Both)], [right]);
    static Wording Both(string text) => new(text, text);

    static PublishQuestionBank Publish(int version = 1, int draw = 2, ImmutableArray<Question>? questions = null) => new(Course, "S02", version, draw, questions ?? Three, Now);
    static QuestionBankPublished Published(int version = 1, int draw = 2, ImmutableArray<Question>? questions = null, int day = 0) => new(Course, "S02", version, draw, questions ?? Three, Now.AddDays(day));

    static void Refused(string code, PublishQuestionBank command) => GivenNothing.When(() => Decide(null, command)).ThenBroken(code);

    [Fact]
    public void The_first_version_is_1_and_each_later_one_more()
    {
        GivenNothing.When(() => Decide(null, Publish())).Then(Published());
        Given<QuestionBank>.That(Published()).When(bank => Decide(bank, Publish(version: 2, draw: 3))).Then(Published(version: 2, draw: 3));
        Refused("version-taken", Publish(version: 2));
        Given<QuestionBank>.That(Published()).When(bank => Decide(bank, Publish(version: 3))).ThenBroken("version-taken");
    }

    [Fact]
    public void The_same_again_changes_nothing_and_a_published_version_stays()
    {
        Given<QuestionBank>.That(Published()).When(bank => Decide(bank, Publish())).ThenNothing();
        Given<QuestionBank>.That(Published()).When(bank => Decide(bank, Publish(draw: 1))).ThenBroken("version-taken");
        Given<QuestionBank>.That(Published()).When(bank => Decide(bank, Publish(questions: Three.SetItem(0, Asked("Q1", 1, "right", "wrong", "worse"))))).ThenBroken("version-taken");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void A_test_draws_some_of_the_questions(int draw) => Refused("draw-out-of-range", Publish(draw: draw));

    [Fact]
    public void Questions_are_complete()
    {
        Refused("questions-out-of-range", Publish(questions: []));
        Refused("question-empty", Publish(questions: [.. Three, Three[0] with { Stem = new("问", " ") }]));
        Refused("question-twice", Publish(questions: [.. Three, Three[0]]));
        Refused("options-out-of-range", Publish(questions: [.. Three, Asked("Q4", 0, "only")]));
        Refused("options-out-of-range", Publish(questions: [.. Three, Asked("Q4", 0, "1", "2", "3", "4", "5", "6", "7")]));
        Refused("option-empty", Publish(questions: [.. Three, Asked("Q4", 0, "right", "")]));
        Refused("option-twice", Publish(questions: [.. Three, Asked("Q4", 0, "same", "same")]));
        Refused("right-out-of-range", Publish(questions: [.. Three, Asked("Q4", 2, "right", "wrong")]));
        foreach (ImmutableArray<int> right in (ImmutableArray<int>[])[[], [0, 0], [0, 1, 2], [-1]])
            Refused("right-out-of-range", Publish(questions: [.. Three, Three[0] with { Stem = Both("Q4"), Right = right }]));
    }

    [Fact]
    public void A_run_keeps_the_version_that_was_in_force_when_it_ended()
    {
        var bank = Given<QuestionBank>.That(Published(day: 0), Published(version: 2, draw: 3, day: 10)).State;
        Assert.Equal([1, 1, 1, 2], new[] { -5, 0, 9, 10 }.Select(day => bank.For(Now.AddDays(day)).Number));
        Assert.Equal(2, bank.Latest.Number);
    }
}
