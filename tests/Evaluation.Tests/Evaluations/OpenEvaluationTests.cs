using Training.Evaluation.Evaluations;
using Training.Evaluation.Knowledge;
using static Training.Evaluation.Evaluations.OpenEvaluationHandler;
using static Training.Evaluation.Tests.Samples;

namespace Training.Evaluation.Tests.Evaluations;

public class OpenEvaluationTests
{
    static readonly KnownCourse Known = new(Course.Value, "S02", "礼仪", "Etiquette", Steps, 24, Retired: false);

    static OpenEvaluation Command(params Presence[] presences) => new(Run, Known, [.. presences], Now);

    [Fact]
    public void Eighty_per_cent_of_the_time_complete_a_run_and_nobody_absent_counts() =>
        GivenNothing.When(() => Decide(null, Command(new(First, Estate, 192, 240), new(Second, Estate, 191, 240), new(Early, Estate, 0, 240))))
            .Then(Opened(people: [new(First, Estate, true), new(Second, Estate, false)]));

    [Fact]
    public void A_run_is_opened_once() => Given<RunEvaluation>.That(Opened()).When(run => Decide(run, Command(new Presence(First, Estate, 240, 240)))).ThenNothing();

    [Fact]
    public void A_cancelled_run_is_not_evaluated()
    {
        var calledOff = new EvaluationCalledOff(Run, "no trainer", Now);
        GivenNothing.When(() => CallOffEvaluationHandler.Decide(null, new(Run, "no trainer", Now))).Then(calledOff);
        Given<RunEvaluation>.That(calledOff).When(run => Decide(run, Command(new Presence(First, Estate, 240, 240)))).ThenNothing();
        Given<RunEvaluation>.That(calledOff).When(run => CallOffEvaluationHandler.Decide(run, new(Run, "again", Now))).ThenNothing();
        Assert.Equal("no trainer", Given<RunEvaluation>.That(calledOff).State.CalledOffBecause);
    }

    [Fact]
    public void A_run_held_to_its_end_stays_evaluated() =>
        Given<RunEvaluation>.That(Opened()).When(run => CallOffEvaluationHandler.Decide(run, new(Run, "late", Now))).ThenNothing();
}
