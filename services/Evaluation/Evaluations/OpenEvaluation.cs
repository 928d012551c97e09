using System.Collections.Immutable;
using Marten;
using MassTransit;
using Training.Contracts.Scheduling.V1;
using Training.Evaluation.Knowledge;
using Training.Foundation;

namespace Training.Evaluation.Evaluations;

public record Presence(EmployeeId EmployeeId, EstateId EstateId, int AttendedMinutes, int PlannedMinutes);
public record OpenEvaluation(RunId RunId, KnownCourse Course, ImmutableArray<Presence> Presences, DateTimeOffset At);

public static class OpenEvaluationHandler
{
    /// <summary>Share of the planned minutes from which a run counts as completed.</summary>
    public const decimal CompletedFrom = 0.8m;

    public static IEvaluationFact[] Decide(RunEvaluation? run, OpenEvaluation command) =>
        run is not null ? [] :
        [
            new EvaluationOpened(
                command.RunId, new(command.Course.Id), command.Course.Code, command.Course.Steps, command.Course.ValidityMonths,
                [
                    .. command.Presences.Where(presence => presence.AttendedMinutes > 0).Select(presence => new Attendee(
                        presence.EmployeeId, presence.EstateId, presence.AttendedMinutes >= CompletedFrom * presence.PlannedMinutes)),
                ],
                command.At),
        ];
}

/// <summary>The last session of a run opens its evaluation.</summary>
sealed class SessionHeldConsumer(IDocumentSession session) : IConsumer<SessionHeld>
{
    public async Task Consume(ConsumeContext<SessionHeld> context)
    {
        var (message, ct) = (context.Message, context.CancellationToken);
        if (!message.LastOfRun) return;

        var course = await session.LoadAsync<KnownCourse>(message.CourseId, ct) ?? throw new Missing("Course", message.CourseId);
        var command = new OpenEvaluation(
            new(message.RunId), course,
            [.. message.Attendance.Select(entry => new Presence(new(entry.EmployeeId), new(entry.EstateId), entry.AttendedMinutes, entry.PlannedMinutes))],
            message.EndedAt);
        await session.Start<RunEvaluation>(RunEvaluation.IdOf(command.RunId), run => OpenEvaluationHandler.Decide(run, command), ct);
    }
}
