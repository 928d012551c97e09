using System.Collections.Immutable;
using Training.Scheduling.Planning;
using Training.Scheduling.Planning.Explaining;

namespace Training.Scheduling.Situations;

/// <summary>
/// Why runs that a finished timetable leaves out aren't held. A reason is proved on what is <see cref="Certain"/>, once beside what can't be moved and once
/// beside the whole timetable; a remedy is looked for in the planning problem and tried on the exact boards.
/// </summary>
sealed class Proofs
{
    readonly Attendance inEveryPlan, inThisPlan;
    readonly Explainer explainer;

    /// <param name="situation">As it was planned.</param>
    /// <param name="settled">With every run a line of its own, and who would be on it.</param>
    /// <param name="timetable">What is held.</param>
    /// <param name="office">The same on the boards.</param>
    /// <param name="ct">Ends it.</param>
    public Proofs(Situation situation, Situation settled, Timetable timetable, Office office, CancellationToken ct)
    {
        var ((translated, staff), runs) = (Translation.WithStaff(settled), settled.Runs.ToDictionary(run => run.Id));
        var open = timetable.Unplaced.ToDictionary(one => Translation.IdOf(one.Run), one => runs[one.Run]);
        var asked = open.Values.Select(run => run.Id).ToHashSet();
        // Whoever of the line has no seat could be on a run that isn't held.
        var waiting = situation.Runs.Where(run => run.Published.IsEmpty && open.ContainsKey(Translation.IdOf(run.Id))).ToDictionary(run => run.Id, run => office.Waiting(run).ToImmutableArray());
        var cohorts = translated.Cohorts.ToDictionary(cohort => cohort.Key, cohort => waiting.GetValueOrDefault(cohort.Key, cohort.Value));
        ImmutableArray<Given> given = [.. timetable.Runs.Select(planned => new Given(runs[planned.Run], planned.Classes, planned.Learners))];
        var seated = given.SelectMany(one => one.Learners.Select(employee => (one.Run.Course, employee))).ToHashSet();
        var unseated = situation.Runs.SelectMany(run => run.Demands.Select(demand => (run.Course, demand.Employee))).Where(wanted => !seated.Contains(wanted)).ToHashSet();
        inEveryPlan = new(settled, staff, cohorts, [.. settled.Runs.Where(run => translated.Fixed.Contains(run.Id)).Select(run => new Given(run, run.Published, run.Seated))], ImmutableHashSet<(Guid, Guid)>.Empty);
        inThisPlan = new(settled, office.Staff, cohorts, given, unseated);

        var movable = settled.Runs.Where(run => !translated.Fixed.Contains(run.Id)).ToDictionary(run => Translation.IdOf(run.Id));
        var standing = new Standing(office, inThisPlan, movable, settled.Venues.ToDictionary(venue => venue.Id), settled.Trainers.ToDictionary(trainer => trainer.Id));
        explainer = new(translated.Problem, PlanOf(timetable, translated, staff.Grid), PricesOf(settled.Prices))
        {
            InEveryPlan = new Certain(settled, translated, inEveryPlan).Problem(movable, asked, ct),
            InThisPlan = new Certain(settled, translated, inThisPlan).Problem(open, asked, ct),
            Limits = new() { CanBeGiven = Translation.CanBeGiven, Stands = standing.Of },
        };
    }

    /// <summary>Nothing where nothing is proved.</summary>
    public RunReason? Of(SituationRun run, Words words, CancellationToken ct)
    {
        var why = explainer.Explain(Translation.IdOf(run.Id), ct);
        if (why.Reason.Code == ReasonCode.Unproved) return null;
        var attendance = why.Reason.InThisPlan ? inThisPlan : inEveryPlan;
        var text = why.Reason.Code == ReasonCode.NoStart && attendance.BestOf(run) is { } best ? words.TooFewCome(run, best, why.Reason.InThisPlan) : words.Of(why.Reason);
        var fits = why.Reason.Code == ReasonCode.Fits;
        return new(run.Id, text, !why.Reason.InThisPlan && !fits, [.. why.Relaxations.Select(one => new Remedy(one.Code.ToString(), words.Of(one), one.Price))]) { HasPlace = fits };
    }

    static RelaxationPrices PricesOf(PriceList prices) => new() { BackfillPerSlot = Math.Max(1, prices.BackfillPerHour / 2), Move = prices.MovedSession };

    static Plan PlanOf(Timetable timetable, Translated translated, Grid grid) => new(
    [
        .. timetable.Runs.Where(planned => !translated.Fixed.Contains(planned.Run)).SelectMany(planned => planned.Classes.Select((at, meeting) =>
            new Placement(Translation.IdOf(planned.Run), meeting, grid.Floor(at.From), [Translation.IdOf(at.Venue), Translation.IdOf(at.Trainer)]))),
    ]);
}
