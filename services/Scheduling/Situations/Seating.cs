using System.Collections.Immutable;
using Training.Scheduling.FirstFit;
using Training.Scheduling.Planning;
using Training.Scheduling.Runs;

namespace Training.Scheduling.Situations;

/// <summary>Gives everyone a seat once it is known when the runs are, and places by hand what a search left out.</summary>
public static class Seating
{
    public static Timetable Of(Situation situation, Translated translated, Plan plan, CancellationToken ct = default)
    {
        var office = new Office(situation);
        var (grid, placements) = (new Grid(situation), plan.Placements.ToLookup(at => at.Activity));
        KeepPublished(situation, office, run => translated.Fixed.Contains(run.Id) ? run.Published : Classes(run, grid, placements));
        foreach (var run in situation.Runs.Where(run => run.Published.IsEmpty))
            if (Classes(run, grid, placements) is { IsEmpty: false } classes) office.Hold(run, classes, out _);

        foreach (var one in ByStart(office))
            foreach (var demand in office.InOrder(translated.Cohorts[one.Run.Id]))
                office.TrySeat(one, demand);
        Fill(office, ByStart(office));
        Exchange(office, ct);
        DropSmall(office);
        return WithTheRest(situation, office, ct);
    }

    /// <summary>What a careful clerk makes of the same situation: the most urgent line first, each run in the first place that bears everybody.</summary>
    public static Timetable FirstFit(Situation situation, CancellationToken ct = default)
    {
        var office = new Office(situation);
        KeepPublished(situation, office, run => run.Published);
        return WithTheRest(situation, office, ct);
    }

    /// <summary>
    /// Who has a seat keeps it: what moves, moves with everybody or not at all. What stays is given, and isn't asked whether it would be allowed today; so all
    /// of it is there before the first run moves, or a move could take what another run, or what builds on this one, still needs. All that move give up their
    /// places first, so that they can follow each other; who finds no place stays, and then nobody else can have his.
    /// </summary>
    static void KeepPublished(Situation situation, Office office, Func<SituationRun, ImmutableArray<Class>> classesOf)
    {
        var published = situation.Runs.Where(run => !run.Published.IsEmpty).Select(run => (Run: run, Classes: classesOf(run))).ToList();
        foreach (var (run, _) in published.Where(one => one.Classes.SequenceEqual(one.Run.Published))) Keep(office, run);
        List<SituationRun> back = [.. published.Where(one => one.Classes.IsEmpty).Select(one => one.Run)];
        foreach (var run in back) Keep(office, run);
        // What builds on another run comes later than it.
        var movers = published.Where(one => !one.Classes.IsEmpty && !one.Classes.SequenceEqual(one.Run.Published)).OrderBy(one => one.Classes[0].From).ThenBy(one => one.Run.Id).ToList();
        for (var failed = Move(office, movers); failed >= 0; failed = Move(office, movers))
        {
            back.Add(Keep(office, movers[failed].Run).Run);
            movers.RemoveAt(failed);
        }
        foreach (var run in back) Settle(situation, office, run);
    }

    /// <summary>Moves all of them, or none and says which is the first that can't.</summary>
    static int Move(Office office, IReadOnlyList<(SituationRun Run, ImmutableArray<Class> Classes)> movers)
    {
        List<Office.Held> moved = [];
        foreach (var (index, (run, classes)) in movers.Index())
        {
            if (TryHold(office, run, classes, out var one)) moved.Add(one);
            else
            {
                foreach (var other in moved) office.Drop(other);
                return index;
            }
        }
        return -1;
    }

    static bool TryHold(Office office, SituationRun run, ImmutableArray<Class> classes, out Office.Held one)
    {
        if (!office.Hold(run, classes, out one)) return false;
        foreach (var demand in SeatedIn(run))
            if (!office.TrySeat(one, demand))
            {
                office.Drop(one);
                return false;
            }
        return true;
    }

    static Office.Held Keep(Office office, SituationRun run)
    {
        office.Hold(run, run.Published, out var one, anyway: true);
        foreach (var demand in SeatedIn(run)) office.Seat(one, demand);
        return one;
    }

    /// <summary>
    /// A run that found no other place stays if it may, or has the first place a careful clerk finds for everybody; else its own is kept until somebody decides. What
    /// is locked stays in any case.
    /// </summary>
    static void Settle(Situation situation, Office office, SituationRun run)
    {
        if (run.Published.Any(at => at.Locked)) return;
        office.Drop(office.All.Single(one => one.Run.Id == run.Id));
        if (run.Published.All(at => Translation.CanBeServed(situation, run, at)) && TryHold(office, run, run.Published, out _)) return;
        if (office.PlaceAnew(run)) return;
        office.Reserve(Keep(office, run));
    }

    static List<Demand> SeatedIn(SituationRun run) => [.. run.Demands.Where(demand => run.Seated.Contains(demand.Employee))];

    /// <summary>The classes of a run in the order of time; none unless all of them are placed.</summary>
    static ImmutableArray<Class> Classes(SituationRun run, Grid grid, ILookup<string, Placement> placements)
    {
        var placed = placements[Translation.IdOf(run.Id)].ToList();
        if (placed.Count != run.Sessions) return [];
        return
        [
            .. placed.Select(at => at.Meeting < run.Published.Length && run.Published[at.Meeting].Locked ? run.Published[at.Meeting]
                : new Class(grid.At(at.Slot), grid.At(at.Slot).AddMinutes(run.Minutes), Guid.Parse(at.Resources[1]), Guid.Parse(at.Resources[0]))).OrderBy(at => at.From),
        ];
    }

    static List<Office.Held> ByStart(Office office) => [.. office.All.OrderBy(one => one.From).ThenBy(one => one.Run.Id)];

    /// <summary>Free seats go to those of the line who have none.</summary>
    static void Fill(Office office, IEnumerable<Office.Held> runs)
    {
        foreach (var one in runs)
            foreach (var demand in office.Waiting(one.Run))
                if (!office.TrySeat(one, demand) && office.FreeSeats(one) < 1) break;
    }

    /// <summary>Somebody without a seat, or with one too late, gets that of a learner who finds another, or who gains less by it.</summary>
    static void Exchange(Office office, CancellationToken ct)
    {
        foreach (var line in ByStart(office).GroupBy(one => (one.Run.Line, one.Run.OnSite)))
        {
            foreach (var demand in office.Waiting(line.First().Run))
                if (ct.IsCancellationRequested) return;
                else _ = line.Any(one => TakeSeat(office, one, [.. line.Where(other => other != one)], demand)) || line.Any(one => MakeWay(office, one, demand));
            foreach (var (one, demand) in line.SelectMany(one => one.Seated.Where(demand => office.IsLate(one, demand) && !one.Run.Seated.Contains(demand.Employee)).Select(demand => (one, demand))).ToList())
            {
                if (!one.Seated.Contains(demand)) continue;
                office.Unseat(one, demand);
                if (!line.Where(other => !office.IsLate(other, demand)).Any(other => TakeSeat(office, other, [.. line.Where(third => third != other)], demand))) office.Seat(one, demand);
            }
        }
    }

    static bool TakeSeat(Office office, Office.Held one, IReadOnlyList<Office.Held> others, Demand demand)
    {
        if (office.TrySeat(one, demand)) return true;
        foreach (var seated in one.Seated.Where(seated => !one.Run.Seated.Contains(seated.Employee) && !office.After(one, seated).Any()).Reverse().ToList())
        {
            office.Unseat(one, seated);
            if (office.TrySeat(one, demand))
            {
                if (others.Any(other => office.GainOf(other, seated) >= office.GainOf(one, seated) && office.TrySeat(other, seated)) || office.GainOf(one, demand) > office.GainOf(one, seated)) return true;
                office.Unseat(one, demand);
            }
            office.Seat(one, seated);
        }
        return false;
    }

    /// <summary>A learner's class of another course gives way to a seat here: he finds another run of that course, or it is worth less.</summary>
    static bool MakeWay(Office office, Office.Held one, Demand demand)
    {
        if (office.FreeSeats(one) < 1 || office.InTheWay(one, demand) is not [var (held, seat)] || held.Run.Seated.Contains(seat.Employee)) return false;
        office.Unseat(held, seat);
        var others = office.LineOf(held).Where(other => other != held).ToList();
        bool Finds(Office.Held other) => TakeSeat(office, other, [.. others.Where(third => third != other)], seat);
        if (one.Run.Prerequisites.Contains(held.Run.Course))
        {
            // Whoever keeps his prerequisite in an earlier run has lost nothing, even if something else bars this one.
            if (office.ObstacleTo(one, demand).Kind == ObstacleKind.None && others.Any(other => other.To <= one.From && office.GainOf(other, seat) >= office.GainOf(held, seat) && Finds(other)))
                return office.TrySeat(one, demand);
        }
        else if (office.TrySeat(one, demand))
        {
            if (others.Any(Finds)
                || office.GainOf(one, demand) > office.GainOf(held, seat)) return true;
            office.Unseat(one, demand);
        }
        office.Seat(held, seat);
        return false;
    }

    /// <summary>Runs with too few learners are not held; those they had may fill others.</summary>
    static void DropSmall(Office office)
    {
        while (ByStart(office).Where(one => one.Run.Published.IsEmpty && one.Seated.Count < one.Run.MinLearners).MinBy(one => one.Seated.Count) is { } small)
        {
            office.Drop(small);
            Fill(office, ByStart(office).Where(one => one.Run.Line == small.Run.Line));
        }
    }

    static Timetable WithTheRest(Situation situation, Office office, CancellationToken ct)
    {
        var reasons = situation.Runs.Where(run => !run.Published.IsEmpty).ToDictionary(run => run.Id, run => $"No place was found at which all {run.Seated.Length} learners keep their seats; until somebody decides it stays where it is.");
        var held = office.All.Select(one => one.Run.Id).ToHashSet();
        foreach (var run in InOrderOfNeed(situation).Where(run => run.Published.IsEmpty && !held.Contains(run.Id)))
            reasons[run.Id] = ct.IsCancellationRequested ? "The search was stopped before a place was looked for." : office.Place(run);
        Fill(office, ByStart(office).Where(one => one.Run.Published.IsEmpty));
        return office.ToTimetable(reasons);
    }

    /// <summary>Prerequisites before what builds on them, then lines by their need.</summary>
    static IEnumerable<SituationRun> InOrderOfNeed(Situation situation)
    {
        var depth = CourseOrder.Depths(situation.Runs.Select(run => (run.Course, run.Prerequisites)));
        return situation.Runs.GroupBy(run => (run.Line, run.OnSite)).OrderBy(line => depth[line.First().Course])
            .ThenByDescending(line => line.SelectMany(run => run.Demands).Select(demand => demand.Worth).DefaultIfEmpty().Average()).ThenBy(line => line.Key.Line).ThenBy(line => line.Key.OnSite)
            .SelectMany(line => line);
    }
}
