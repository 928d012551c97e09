using Training.Foundation;
using Training.Scheduling.Calendars;

namespace Training.Scheduling.Runs;

public interface IRunCommand;
public record RequestFunds(DateTimeOffset At) : IRunCommand;
public record AcceptFunds(DateTimeOffset At) : IRunCommand;
public record ParkRun(string Code, string Reason, DateTimeOffset At) : IRunCommand;
public record ConfirmRun(DateTimeOffset At) : IRunCommand;
public record FinishRun(DateTimeOffset At) : IRunCommand;

/// <summary>
/// The process "funding a course run": planned → money asked for → funded → placed in the calendar → confirmed → held; or parked with the reason as
/// soon as one of these can't be. What only others can decide (money, a place, time passing) comes in as a fact.
/// </summary>
public static class FundingARun
{
    /// <summary>What is to be done about a fact, given the run after it.</summary>
    public static IReadOnlyList<IRunCommand> React(CourseRun run, IFact fact) => fact switch
    {
        RunPlanned e when e.Cohort.Length < e.Offer.MinLearners =>
            [new ParkRun("below-minimum", $"{e.Offer.CourseCode} needs {e.Offer.MinLearners} learners; {e.Cohort.Length} are planned.", e.At)],
        RunPlanned e when run.Cost.Amount == 0 => [new AcceptFunds(e.At)],
        RunPlanned e => [new RequestFunds(e.At)],
        RunDeclined e => [new ParkRun(e.Code, e.Reason, e.At)],
        FundingUnanswered e => [new ParkRun("no-funding-answer", "Nobody answered in time whether there is money.", e.At)],
        RunUnplaceable e => [new ParkRun("no-safe-slot", e.Reason, e.At)],
        RunPlaced e => [new ConfirmRun(e.At)],
        SessionCounted e when run.ToCome.Any() is false => [new FinishRun(e.At)],
        _ => [],
    };

    public static IRunFact[] Decide(CourseRun run, IRunCommand command) => command switch
    {
        RequestFunds e when run.State == RunState.Planned =>
        [
            new FundingRequested(new(run.Id), run.Offer.CourseCode, run.Offer.FundCategory, run.Offer.LegalEntity, run.Offer.Quarter, run.Offer.FrontLine,
                run.Learners.Length, run.Cost, e.At),
        ],
        AcceptFunds e when run.State == RunState.Planned => [new RunFunded(new(run.Id), e.At)],
        ParkRun e when run.State is RunState.Planned or RunState.Funded => [new RunParked(new(run.Id), e.Code, e.Reason, e.At)],
        ConfirmRun e when run.State == RunState.Funded => [new RunConfirmed(new(run.Id), run.Sessions.Length, e.At)],
        FinishRun e when run.State == RunState.Confirmed => [new RunFinished(new(run.Id), e.At)],
        _ => [],
    };

    /// <summary>Decides on a run and follows the process until nothing more is to be done, in the same transaction.</summary>
    internal static async Task<IFact[]> Follow(this Desk desk, RunId id, Func<CourseRun?, IFact[]> decide, CancellationToken ct)
    {
        var facts = await desk.Write(id.Value, decide, ct);
        var open = new Queue<IFact>(facts);
        while (open.TryDequeue(out var fact))
            foreach (var command in React(await desk.Must<CourseRun>(id.Value, ct), fact))
                foreach (var next in await desk.Change<CourseRun>(id.Value, run => Decide(run, command), ct)) open.Enqueue(next);
        return facts;
    }
}
