using System.Collections.Immutable;
using CsCheck;
using Training.Evaluation.Evaluations;
using static Training.Evaluation.Evaluations.RecordReactionsHandler;
using static Training.Evaluation.Tests.Samples;

namespace Training.Evaluation.Tests.Evaluations;

public class RecordReactionsTests
{
    static Answer By(EmployeeId person, int score = 4) => new(person, new([new("content", score)]));

    static RecordReactions Of(params Answer[] answers) => new([.. answers], Now);

    static readonly ReactionsRecorded Two = new([new([new("content", 2)]), new([new("content", 5)])], Now);

    static Given<RunEvaluation> Open => Given<RunEvaluation>.That(Opened());

    [Fact]
    public void Answers_are_kept_without_the_persons_and_their_order()
    {
        Open.When(run => Decide(run, [], Of(By(First, 5), By(Second, 2)))).Then(Two);
        Open.When(run => Decide(run, [], Of(By(First, 2), By(Second, 5)))).Then(Two);
    }

    [Fact]
    public void The_same_people_again_change_nothing() =>
        Given<RunEvaluation>.That(Opened(), Two).When(run => Decide(run, [First, Second], Of(By(Second, 1), By(First, 1)))).ThenNothing();

    [Fact]
    public void Nobody_answers_again_among_others() =>
        Given<RunEvaluation>.That(Opened(), Two).When(run => Decide(run, [First, Second], Of(By(Second), By(Early)))).ThenBroken("already-answered");

    [Fact]
    public void Nobody_answers_twice_at_once() => Open.When(run => Decide(run, [], Of(By(First), By(First)))).ThenBroken("answered-twice");

    [Fact]
    public void Only_attendees_answer_and_the_others_are_named()
    {
        var outcome = Open.When(run => Decide(run, [], Of(By(First), By(Stranger))));
        outcome.ThenBroken("not-an-attendee");
        Assert.Contains(Stranger.Value.ToString(), outcome.Broken?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_left_early_may_say_how_it_was() => Open.When(run => Decide(run, [], Of(By(Early)))).Then(new ReactionsRecorded([new([new("content", 4)])], Now));

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    public void Ratings_go_from_1_to_5(int score) => Open.When(run => Decide(run, [], Of(By(First, score)))).ThenBroken("rating-out-of-range");

    [Fact]
    public void An_empty_form_is_refused() => Open.When(run => Decide(run, [], Of(new Answer(First, new([]))))).ThenBroken("rating-out-of-range");

    [Fact]
    public void No_answers_at_all_change_nothing() => Open.When(run => Decide(run, [], Of())).ThenNothing();

    [Fact]
    public void Means_are_published_from_five_answers_on()
    {
        Assert.Equal("fewer than 5 answers", Score(10, 4, 4, 4, 4).SuppressedBecause);
        Assert.True(Score(10, 4, 4, 4, 4) is { N: 4, Questions.Count: 0, OverallMean: 0 });
        Assert.True(Score(10, 5, 4, 4, 3, 2) is { N: 5, Response: 0.5m, SuppressedBecause: "", OverallMean: 3.6m });
    }

    [Fact]
    public void Means_are_published_from_twenty_per_cent_response_on()
    {
        Assert.Equal("", Score(25, 4, 4, 4, 4, 4).SuppressedBecause);
        Assert.Equal("less than 20 % response", Score(26, 4, 4, 4, 4, 4).SuppressedBecause.Replace("20%", "20 %", StringComparison.Ordinal));
    }

    static readonly Reaction Both = new([new("content", 5), new("trainer", 3)]);

    static ReactionScore ScoreOf(params ImmutableArray<Reaction> reactions) => ReactionScore.Of(Given<RunEvaluation>.That(Opened(), new ReactionsRecorded(reactions, Now)).State);

    [Fact]
    public void Each_question_has_its_mean()
    {
        var score = ScoreOf(Both, Both, Both, Both, Both, new([new("content", 1)]));
        Assert.Equal([new("content", 4.3333m), new("trainer", 3m)], score.Questions);
        Assert.Equal(3.7273m, score.OverallMean);
    }

    [Fact]
    public void A_question_that_fewer_than_five_answered_is_left_out()
    {
        var score = ScoreOf(Both, Both, Both, Both, new([new("content", 1)]));
        Assert.True(score is { N: 5, SuppressedBecause: "", OverallMean: 4.2m });
        Assert.Equal([new("content", 4.2m)], score.Questions);

        var apart = ScoreOf(Both, Both, Both, new([new("it is Li", 1)]), new([new("it was me", 1)]));
        Assert.True(apart is { N: 5, SuppressedBecause: "fewer than 5 answers to each question", OverallMean: 0, Questions.Count: 0 });
    }

    [Fact]
    public void Whatever_is_answered_a_published_mean_lies_between_1_and_5() =>
        Gen.Int[1, 5].Array[0, 10].Sample(scores => Score(10, scores) is var score
            && (score.SuppressedBecause == "" ? score.OverallMean is >= 1 and <= 5 && scores.Length >= 5 : score.Questions.IsEmpty));

    static ReactionScore Score(int attendees, params int[] scores)
    {
        ImmutableArray<Attendee> people = [.. Enumerable.Range(0, attendees).Select(_ => new Attendee(new(Guid.CreateVersion7()), Estate, true))];
        return ReactionScore.Of(Given<RunEvaluation>.That(
            Opened(people: people), new ReactionsRecorded([.. scores.Select(score => new Reaction([new("content", score)]))], Now)).State);
    }
}
