using System.Collections.Immutable;
using Training.Scheduling.Calendars;
using Training.Scheduling.Known;
using Training.Scheduling.Situations;

namespace Training.Benchmarks.PropertyGroup;

/// <summary>Something that happens to a published schedule on a Monday two weeks into it.</summary>
sealed record Event(string What, Func<Situation, Situation> Happen)
{
    public const int Today = 14, Frozen = 3;

    /// <summary>The same ten things for every group: to the trainers, venues, estates and weeks with the most published sessions, and to the runs that come first.</summary>
    public static ImmutableArray<Event> Ten(Situation published)
    {
        var (from, zone) = (published.From.AddDays(Today), published.TimeZone);
        var ahead = published.Runs.SelectMany(run => run.Published.Where(at => !at.Locked).Select(at => (Run: run, Class: at))).ToList();
        var trainers = ahead.GroupBy(one => one.Class.Trainer).OrderByDescending(uses => uses.Count()).ThenBy(uses => uses.Key).Select(uses => uses.Key).ToArray();
        var venues = ahead.GroupBy(one => one.Class.Venue).OrderByDescending(uses => uses.Count()).ThenBy(uses => uses.Key).Select(uses => uses.Key).ToArray();
        var runs = ahead.GroupBy(one => one.Run.Id).OrderBy(uses => uses.Min(one => one.Class.From)).ThenBy(uses => uses.Key).Select(uses => uses.Key).ToArray();
        // Estates and weeks in which a thinner roster touches the most classes that learners of that post leave it for.
        var (guards, cleaners) = (Busiest(published, ahead, "SEC", 21), Busiest(published, ahead, "CLN", 7));
        var busiest = ahead.Where(one => one.Class.Venue == venues[0]).GroupBy(one => (one.Class.From - from.At(TimeOnly.MinValue, zone)).Days / 7).OrderByDescending(week => week.Count()).ThenBy(week => week.Key).First().Key;
        Span Days(int first, int count) => new(from.AddDays(first).At(TimeOnly.MinValue, zone), from.AddDays(first + count).At(TimeOnly.MinValue, zone));
        return
        [
            new("trainer ill for two weeks", one => Trainer(one, trainers[0], trainer => trainer with { Unavailable = trainer.Unavailable.Add(Days(0, 14)) })),
            new("trainer leaves", one => Trainer(one, trainers[1], trainer => trainer with { Unavailable = trainer.Unavailable.Add(Days(0, 365)) })),
            new("trainer loses half of his hours", one => Trainer(one, trainers[2], trainer => trainer with { HoursLeft = Math.Floor(trainer.HoursLeft / 2) })),
            new("venue closed for a week", one => Venue(one, venues[0], venue => venue with { Unavailable = venue.Unavailable.Add(Days(7 * busiest, 7)) })),
            new("venue lost", one => Venue(one, venues[1], venue => venue with { Unavailable = venue.Unavailable.Add(Days(0, 365)) })),
            new("run cancelled", one => one with { Runs = one.Runs.RemoveAll(run => run.Id == runs[0]) }),
            new("three runs cancelled", one => one with { Runs = one.Runs.RemoveAll(run => runs.Skip(1).Take(3).Contains(run.Id)) }),
            new("a post needs two guards more for three weeks of rosters", one => Estate(one, guards.Estate, estate => Thinned(estate, "SEC", Days(guards.Day, 21), on => 2))),
            new("two thirds of an estate's cleaners off duty for a week", one => Estate(one, cleaners.Estate, estate => Thinned(estate, "CLN", Days(cleaners.Day, 7), on => on * 2 / 3))),
            new("trainer ill and venue closed on the same days", one => Venue(
                Trainer(one, trainers[3], trainer => trainer with { Unavailable = trainer.Unavailable.Add(Days(5, 10)) }), venues[2], venue => venue with { Unavailable = venue.Unavailable.Add(Days(5, 10)) })),
        ];
    }

    static Situation Trainer(Situation situation, Guid id, Func<SituationTrainer, SituationTrainer> change) =>
        situation with { Trainers = [.. situation.Trainers.Select(trainer => trainer.Id == id ? change(trainer) : trainer)] };

    static Situation Venue(Situation situation, Guid id, Func<SituationVenue, SituationVenue> change) =>
        situation with { Venues = [.. situation.Venues.Select(venue => venue.Id == id ? change(venue) : venue)] };

    static Situation Estate(Situation situation, Guid id, Func<SituationEstate, SituationEstate> change) =>
        situation with { Estates = [.. situation.Estates.Select(estate => estate.Id == id ? change(estate) : estate)] };

    static (Guid Estate, int Day) Busiest(Situation published, List<(SituationRun Run, Class Class)> ahead, string post, int days)
    {
        var today = published.From.AddDays(Today).At(TimeOnly.MinValue, published.TimeZone);
        return
        (
            from estate in published.Estates
            let shifts = estate.Shifts.Where(shift => shift.Post == post).SelectMany(shift => shift.Employees.Select(employee => (employee.Value, shift))).ToLookup(one => one.Value, one => one.shift)
            from one in ahead
            where one.Run.Seated.Any(learner => shifts[learner].Any(shift => shift.From < one.Class.To && shift.To > one.Class.From))
            group one by (estate.Id, Day: (one.Class.From - today).Days / days * days) into all
            orderby all.Count() descending, all.Key.Id, all.Key.Day
            select all.Key
        ).First();
    }

    /// <summary>Fewer on each shift of a post, by how many are on it; the first of them stay away.</summary>
    static SituationEstate Thinned(SituationEstate estate, string post, Span when, Func<int, int> fewer) => estate with
    {
        Shifts = [.. estate.Shifts.Select(shift => shift.Post == post && shift.From >= when.From && shift.From < when.To ? shift with { Employees = [.. shift.Employees.Skip(fewer(shift.Employees.Length))] } : shift)],
    };
}
