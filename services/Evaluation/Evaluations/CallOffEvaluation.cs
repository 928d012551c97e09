using Marten;
using MassTransit;
using Training.Contracts.Scheduling.V1;
using Training.Foundation;

namespace Training.Evaluation.Evaluations;

public record CallOffEvaluation(RunId RunId, string Reason, DateTimeOffset At);

public static class CallOffEvaluationHandler
{
    /// <summary>A run that was held to its end is evaluated, whatever is said of it later.</summary>
    public static IEvaluationFact[] Decide(RunEvaluation? run, CallOffEvaluation command) =>
        run is null ? [new EvaluationCalledOff(command.RunId, command.Reason, command.At)] : [];
}

sealed class CourseRunCancelledConsumer(IDocumentSession session, TimeProvider clock) : IConsumer<CourseRunCancelled>
{
    public Task Consume(ConsumeContext<CourseRunCancelled> context)
    {
        var command = new CallOffEvaluation(new(context.Message.RunId), context.Message.Reason, clock.GetUtcNow());
        return session.Start<RunEvaluation>(RunEvaluation.IdOf(command.RunId), run => CallOffEvaluationHandler.Decide(run, command), context.CancellationToken);
    }
}
