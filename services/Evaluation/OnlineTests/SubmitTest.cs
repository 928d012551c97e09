using System.Collections.Immutable;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Evaluation.Evaluations;
using Training.Evaluation.QuestionBanks;
using Training.Foundation;

namespace Training.Evaluation.OnlineTests;

/// <summary>Answers in the order of the sheet, each the options chosen, counted as shown; <c>On</c> is the business day where the learner works.</summary>
public record SubmitTest(EmployeeId EmployeeId, int Attempt, ImmutableArray<ImmutableArray<int>> Answers, BankVersion Bank, DateTimeOffset At, DateOnly On);

public static class SubmitTestHandler
{
    public static IEvaluationFact[] Decide(RunEvaluation run, SubmitTest command)
    {
        if (!run.Attendees.ContainsKey(command.EmployeeId)) throw new RuleBroken("not-an-attendee", "Only people who attended are tested.");
        var sheet = QuestionSheet.Draw(command.Bank, run.RunId, command.EmployeeId, command.Attempt);
        var answers = sheet.Read(command.Answers);

        var attempts = run.AttemptsOf(command.EmployeeId);
        // Sent again, as after a lost answer, it is the same attempt.
        if (attempts.FirstOrDefault(attempt => attempt.Attempt == command.Attempt) is { } before)
            return Same(before.Answers, answers) ? [] : throw new RuleBroken("attempt-over", $"Attempt {command.Attempt} is over; its answers stay.");
        switch (TestStates.Of(run, command.EmployeeId, command.On))
        {
            case TestState.NotCompleted: throw new RuleBroken("not-completed", $"A test needs {OpenEvaluationHandler.CompletedFrom:P0} of the planned time.");
            case TestState.Passed: throw new RuleBroken("already-passed", "The test of this run is passed.");
            case TestState.UsedUp: throw new RuleBroken("no-attempts-left", $"There are {TestStates.MostAttempts} attempts; the trainer can still examine in person.");
            case TestState.Tomorrow: throw new RuleBroken("one-attempt-a-day", "There is one attempt a day.");
        }
        if (command.Attempt != attempts.Length + 1) throw new RuleBroken("attempt-out-of-turn", $"The next attempt is number {attempts.Length + 1}.");

        var right = answers.Count(answer => answer.Chosen.SequenceEqual(command.Bank.Questions[answer.Question].Right.Order()));
        var paper = new TestPaper(command.EmployeeId, Pre: null, decimal.Round(100m * right / answers.Length, 1), command.At, command.On);
        return
        [
            new TestAnswered(command.EmployeeId, command.Attempt, command.Bank.Number, answers, right, paper.Post, command.On, command.At),
            .. RecordTestsHandler.Decide(run, new([paper], command.At, command.At)),
        ];
    }

    static bool Same(ImmutableArray<SheetAnswer> left, ImmutableArray<SheetAnswer> right) =>
        left.Length == right.Length && left.Zip(right).All(pair => pair.First.Question == pair.Second.Question && pair.First.Chosen.SequenceEqual(pair.Second.Chosen));

    public record Body
    {
        public required int Attempt { get; init; }
        /// <summary>For each question of the sheet the options chosen, counted from 0 as shown.</summary>
        public required ImmutableArray<ImmutableArray<int>> Answers { get; init; }
    }

    /// <summary>Score 0–100.</summary>
    public record Answer(decimal Score, bool Passed, int Right, int Of, int AttemptsLeft);

    internal static async Task<Ok<Answer>> Handle(Guid runId, Guid employeeId, Body body, Caller caller, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var (stream, run) = await session.Locked(runId, ct);
        var (attendee, bank, on) = await session.OwnPlace(run, employeeId, caller, clock.GetUtcNow(), ct);
        if (bank is null) throw new Missing("Question bank of course", run.CourseId.Value);

        var facts = Decide(run, new(attendee.EmployeeId, body.Attempt, body.Answers, bank, clock.GetUtcNow(), on));
        stream.AppendMany(facts.Cast<object>());
        await session.SaveChangesAsync(ct);
        var answered = facts.OfType<TestAnswered>().FirstOrDefault() ?? run.AttemptsOf(attendee.EmployeeId).Single(attempt => attempt.Attempt == body.Attempt);
        return TypedResults.Ok(new Answer(answered.Score, answered.Score >= RecordTestsHandler.PassMark, answered.Right, answered.Answers.Length, TestStates.MostAttempts - answered.Attempt));
    }
}
