using System.Collections.Immutable;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Evaluation.Evaluations;
using Training.Evaluation.QuestionBanks;
using Training.Foundation;

namespace Training.Evaluation.OnlineTests;

/// <summary>A question as the learner sees it; with <paramref name="Several"/> more than one option is right.</summary>
public record ShownQuestion(Wording Stem, bool Several, ImmutableArray<Wording> Options);

/// <summary>A learner's test of one run. Questions only while it is open; the last score is 0–100, or −1 without one.</summary>
public record OwnTest(Guid RunId, string CourseCode, TestState State, int Attempt, int AttemptsLeft, decimal PassMark, decimal LastScore, ImmutableArray<ShownQuestion> Questions);

static class GetTest
{
    internal static async Task<Ok<OwnTest>> Handle(Guid runId, Guid employeeId, Caller caller, IQuerySession query, TimeProvider clock, CancellationToken ct)
    {
        var run = await query.LoadAsync<RunEvaluation>(RunEvaluation.IdOf(new(runId)), ct) ?? throw new Missing("Evaluation of run", runId);
        var (attendee, bank, on) = await query.OwnPlace(run, employeeId, caller, clock.GetUtcNow(), ct);
        var attempts = run.AttemptsOf(attendee.EmployeeId);
        var state = bank is null ? TestState.NoQuestions : TestStates.Of(run, attendee.EmployeeId, on);
        return TypedResults.Ok(new OwnTest(
            runId, run.CourseCode, state, attempts.Length + 1, TestStates.MostAttempts - attempts.Length, RecordTestsHandler.PassMark, run.LastScoreOf(attendee.EmployeeId),
            bank is null || state != TestState.Open ? [] : Shown(QuestionSheet.Draw(bank, run.RunId, attendee.EmployeeId, attempts.Length + 1), bank)));
    }

    static ImmutableArray<ShownQuestion> Shown(QuestionSheet sheet, BankVersion bank) =>
    [
        .. sheet.Questions.Select(one => new ShownQuestion(
            bank.Questions[one.Question].Stem, bank.Questions[one.Question].Right.Length > 1, [.. one.Options.Select(option => bank.Questions[one.Question].Options[option])])),
    ];
}
