using System.Collections.Immutable;
using Training.Scheduling.Calendars;

namespace Training.Scheduling.Situations;

/// <summary>
/// What a timetable costs, by component, in the situation's money: <c>unmet</c>, <c>missed-mandatory</c>, <c>trainers</c>, <c>venues</c>, <c>travel</c>,
/// <c>backfill</c>, <c>same-day</c>, <c>other-trainer</c>, <c>other-venue</c>, <c>waiting</c>, <c>long-days</c>, <c>unfairness</c>, <c>moved</c>.
/// </summary>
/// <param name="Components">Those that cost something.</param>
/// <param name="Placed">Runs with a place.</param>
/// <param name="Seated">Learners with a seat, once for each line.</param>
/// <param name="Unseated">Learners without one.</param>
/// <param name="MissedMandatory">Mandatory learners without a seat, or with one after their deadline.</param>
/// <param name="MovedSessions">Published sessions that are at another time, with another trainer or in another room, or not held.</param>
public sealed record Bill(ImmutableSortedDictionary<string, long> Components, int Placed, int Seated, int Unseated, int MissedMandatory, int MovedSessions)
{
    /// <summary>Of no timetable at all.</summary>
    public static readonly Bill None = new(ImmutableSortedDictionary<string, long>.Empty, 0, 0, 0, 0, 0);

    public long Total => Components.Values.Sum();

    public static Bill Of(Situation situation, Timetable timetable)
    {
        var (prices, runs) = (situation.Prices, situation.Runs.ToDictionary(run => run.Id));
        var all = timetable.Runs.Select(planned => (Planned: planned, Run: runs[planned.Run])).ToList();
        var wanted = situation.Runs.SelectMany(run => run.Demands.Select(demand => (run.Line, Demand: demand))).DistinctBy(one => (one.Line, one.Demand.Employee)).ToList();
        var seats = all.SelectMany(one => one.Planned.Learners.Select(learner => (Key: (one.Run.Line, learner), one.Planned))).ToDictionary(one => one.Key, one => one.Planned);
        var unmet = wanted.Where(one => !seats.ContainsKey((one.Line, one.Demand.Employee))).ToList();
        var missed = wanted.Count(one => one.Demand.IsMandatory
            && (!seats.TryGetValue((one.Line, one.Demand.Employee), out var planned) || planned.Classes[^1].From.DayIn(situation.TimeZone) > one.Demand.Deadline));
        var moved = Moved(situation, timetable);

        Dictionary<string, long> costs = new()
        {
            ["unmet"] = unmet.Sum(one => (long)one.Demand.Worth),
            ["missed-mandatory"] = (long)missed * prices.MissedMandatory,
            ["same-day"] = (long)prices.SameDay * all.Sum(one => one.Run.Sessions - one.Planned.Classes.Select(at => at.From.DayIn(situation.TimeZone)).Distinct().Count()),
            ["other-trainer"] = (long)prices.OtherTrainer * all.Sum(one => one.Planned.Classes.Select(at => at.Trainer).Distinct().Count() - 1),
            ["other-venue"] = (long)prices.OtherVenue * all.Sum(one => one.Planned.Classes.Select(at => at.Venue).Distinct().Count() - 1),
            ["unfairness"] = (long)prices.Unfairness * Unevenness(wanted.Select(one => (one.Demand.Estate, Seated: seats.ContainsKey((one.Line, one.Demand.Employee))))),
            ["moved"] = (long)prices.MovedSession * moved,
        };
        Charge(situation, all, costs);
        return new(costs.Where(cost => cost.Value != 0).ToImmutableSortedDictionary(StringComparer.Ordinal), all.Count, seats.Count, unmet.Count, missed, moved);
    }

    /// <summary>Published sessions that don't stay where they are.</summary>
    public static int Moved(Situation situation, Timetable timetable)
    {
        var planned = timetable.Runs.ToDictionary(run => run.Run, run => run.Classes);
        return situation.Runs.Sum(run => run.Published.Count(at => !planned.GetValueOrDefault(run.Id, []).Any(now => now with { Locked = at.Locked } == at)));
    }

    static void Charge(Situation situation, IEnumerable<(PlannedRun Planned, SituationRun Run)> all, Dictionary<string, long> costs)
    {
        var (prices, staff) = (situation.Prices, new Staff(situation));
        var venues = situation.Venues.ToDictionary(venue => venue.Id);
        var trainers = situation.Trainers.ToDictionary(trainer => trainer.Id);
        var homes = situation.Runs.SelectMany(run => run.Demands).DistinctBy(demand => demand.Employee).ToDictionary(demand => demand.Employee, demand => demand.Estate);
        Dictionary<(Guid, int), ulong> days = [];
        void Add(string component, long amount) => costs[component] = costs.GetValueOrDefault(component) + amount;

        foreach (var (planned, run) in all)
            foreach (var at in planned.Classes)
            {
                var (venue, trainer) = (venues[at.Venue], trainers[at.Trainer]);
                Add("trainers", trainer.FeePerHour * run.Minutes / 60);
                Add("venues", venue.RatePerHour * run.Minutes / 60);
                var slot = staff.Grid.Floor(at.From);
                foreach (var learner in planned.Learners)
                {
                    var (travel, backfill) = staff.CostOf(learner, homes[learner], venue, at, run.Minutes);
                    Add("travel", travel);
                    Add("backfill", backfill);
                    if (at.From < staff.Grid.Begin || slot == staff.Grid.Slots) continue;
                    var key = (learner, slot / Grid.SlotsPerDay);
                    days[key] = days.GetValueOrDefault(key) | (((1UL << (run.Minutes / 30)) - 1) << (slot % Grid.SlotsPerDay));
                }
            }
        Add("waiting", days.Values.Sum(day => (long)Waits(day) * prices.WaitingHalfHour));
        Add("long-days", days.Values.Sum(day => (long)BeyondEightHours(day) * prices.LongDayHalfHour));
    }

    static int Waits(ulong day) =>
        64 - System.Numerics.BitOperations.LeadingZeroCount(day) - System.Numerics.BitOperations.TrailingZeroCount(day) - System.Numerics.BitOperations.PopCount(day);

    static int BeyondEightHours(ulong day)
    {
        var (row, beyond) = (0, 0);
        for (var slot = 0; slot < Grid.SlotsPerDay; slot++)
        {
            row = (day >> slot & 1) == 1 ? row + 1 : 0;
            if (row > 16) beyond++;
        }
        return beyond;
    }

    /// <summary>Learners of an estate without a seat, squared, by all its learners: least where estates go without in proportion.</summary>
    static long Unevenness(IEnumerable<(Guid Estate, bool Seated)> wanted) => wanted.GroupBy(one => one.Estate, one => one.Seated)
        .Select(all => (Unseated: (long)all.Count(seated => !seated), Wanted: all.Count())).Sum(estate => estate.Unseated * estate.Unseated / estate.Wanted);
}
