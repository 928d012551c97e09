using Marten;
using Training.Evaluation.Evaluations;
using Training.Evaluation.Knowledge;
using Training.Evaluation.QuestionBanks;
using Training.Foundation;

namespace Training.Evaluation.OnlineTests;

/// <summary>Whether somebody can take the test of a run now, or why not.</summary>
public enum TestState { Open, Passed, NotCompleted, Tomorrow, UsedUp, NoQuestions }

static class TestStates
{
    public const int MostAttempts = 3;

    /// <summary>Of an attendee, on the business day where he works.</summary>
    public static TestState Of(RunEvaluation run, EmployeeId employee, DateOnly on)
    {
        var attempts = run.AttemptsOf(employee);
        return run.Passed.Contains(employee) ? TestState.Passed
            : !run.Attendees[employee].Completed ? TestState.NotCompleted
            : attempts.Length >= MostAttempts ? TestState.UsedUp
            : attempts.Any(attempt => attempt.On == on) ? TestState.Tomorrow
            : TestState.Open;
    }

    /// <summary>Everybody takes his own test: the attendee who calls, the questions of his run if there are any, and the day where he works.</summary>
    internal static async Task<(Attendee Attendee, BankVersion? Bank, DateOnly On)> OwnPlace(this IQuerySession query, RunEvaluation run, Guid employeeId, Caller caller, DateTimeOffset now, CancellationToken ct)
    {
        if (!caller.IsSelf(employeeId)) throw new Forbidden("Everybody takes his own test.");
        if (!run.Attendees.TryGetValue(new(employeeId), out var attendee)) throw new Missing("Test of run", run.RunId.Value);
        var bank = await query.LoadAsync<QuestionBank>(QuestionBank.IdOf(run.CourseId), ct);
        return (attendee, bank?.For(run.OpenedAt), (await query.Estates([attendee.EstateId], ct))[attendee.EstateId].DayOf(now));
    }
}
