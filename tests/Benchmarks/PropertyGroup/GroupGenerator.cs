using System.Collections.Immutable;
using System.Text.Json;
using Training.Scheduling.FirstFit;
using Training.Scheduling.Situations;
using Staff = Training.Scheduling.Situations.Staff;

namespace Training.Benchmarks.PropertyGroup;

/// <summary>A generated group with the schedule that was planted in it: so good a schedule there is.</summary>
sealed record Generated(Size Size, int Seed, Situation Situation, Timetable Planted, Bill Answer)
{
    /// <summary>The known answer in one line: the planted schedule and what it costs. The same size and seed make the situation again.</summary>
    public string Known() => JsonSerializer.Serialize(new KnownAnswer(Size, Seed, Planted, Answer));
}

sealed record KnownAnswer(Size Size, int Seed, Timetable Planted, Bill Answer);

/// <summary>
/// Makes a property group and the runs of its courses around a schedule that keeps every rule, so that the answer is known: nobody mandatory is missed. What
/// the planner gets is everything but that schedule, in another order.
/// </summary>
sealed class GroupGenerator
{
    const string Zone = "Asia/Shanghai";
    const int Attempts = 40, Pool = 160;
    static readonly DateOnly From = new(2027, 1, 4);

    readonly Size size;
    readonly Random random;
    readonly ImmutableArray<Staffing> estates;
    readonly Dictionary<string, Guid> courses;
    readonly List<SituationVenue> venues = [];
    readonly List<(SituationTrainer Trainer, string Grade)> trainers = [];
    readonly Staff staff;
    readonly Dictionary<Guid, List<(int From, int To)>> taken = [];
    readonly Dictionary<Guid, int> taught = [];
    readonly Dictionary<(string Course, Guid Person), int> attended = [];
    readonly List<SituationRun> runs = [];
    readonly List<PlannedRun> planted = [];

    GroupGenerator(Size size, int seed)
    {
        (this.size, random) = (size, new(seed));
        estates = [.. Enumerable.Range(0, size.Estates).Select(number => Staffing.Of(size, number, $"R{number / 8:00}", From, Zone, random))];
        courses = Courses.All.ToDictionary(course => course.Code, _ => Staffing.NewId(random));
        foreach (var region in estates.GroupBy(estate => estate.Region)) Equip(region.Key, [.. region]);
        staff = new(Bare());
        foreach (var (trainer, _) in trainers) (taken[trainer.Id], taught[trainer.Id]) = ([], 0);
        foreach (var venue in venues) taken[venue.Id] = [];
    }

    public static Generated Make(Size size, int seed)
    {
        var generator = new GroupGenerator(size, seed);
        generator.Plant();
        var situation = generator.Shuffled();
        var timetable = new Timetable([.. generator.planted], []);
        return new(size, seed, situation, timetable, Bill.Of(situation, timetable));
    }

    Situation Bare() => new(From, From.AddDays((7 * size.Weeks) - 1), Zone)
    {
        Estates = [.. estates.Select(estate => estate.Estate)], Venues = [.. venues], Trainers = [.. trainers.Select(one => one.Trainer)],
    };

    void Equip(string region, ImmutableArray<Staffing> members)
    {
        foreach (var estate in members)
        {
            venues.Add(new(Staffing.NewId(random), $"Room {estate.Estate.Code}", region, random.Next(15, 21))
            {
                Estate = estate.Estate.Id, Equipment = random.Next(3) > 0 ? ["projector"] : [],
            });
            for (var coach = 0; coach < 4; coach++)
            {
                var position = ((string[])["CLN", "GRD", "SEC"])[coach % 3];
                trainers.Add((new(Staffing.NewId(random), $"Coach {estate.Estate.Code}-{coach}", region, 0)
                {
                    Employee = estate.People[position][coach], Estate = estate.Estate.Id, FeePerHour = Courses.FeeOf("OJT"), Authorised = AuthorisedFor("OJT", 1),
                }, "OJT"));
            }
        }
        foreach (var (name, seats) in ((string, int)[])[("Hall", 60), ("Centre A", 30), ("Centre B", 30)])
            venues.Add(new(Staffing.NewId(random), $"{name} {region}", region, seats) { Equipment = ["projector"], RatePerHour = 60 });
        venues.Add(new(Staffing.NewId(random), $"Drill yard {region}", region, 50) { Equipment = ["yard"], RatePerHour = 40 });
        foreach (var (grade, count, share) in ((string, int, double)[])[("I1", 8, 0.7), ("I2", 8, 0.6), ("I3", 3, 0.8), ("X1", 2, 0.8), ("X2", 1, 1)])
            for (var number = 0; number < Math.Max(1, count * members.Length / 8); number++)
                trainers.Add((new(Staffing.NewId(random), $"{grade}-{region}-{number}", region, 0) { FeePerHour = Courses.FeeOf(grade), Authorised = AuthorisedFor(grade, number == 0 ? 1 : share) }, grade));
    }

    ImmutableDictionary<Guid, DateOnly> AuthorisedFor(string grade, double share) =>
        Courses.All.Where(course => course.Grade == grade && random.NextDouble() < share).ToImmutableDictionary(course => courses[course.Code], _ => From.AddYears(1));

    void Plant()
    {
        var regions = estates.GroupBy(estate => estate.Region).Select(region => region.ToImmutableArray()).ToArray();
        var (sessions, misses) = (0, 0);
        while (sessions < size.Sessions && misses < 20 * size.Sessions)
        {
            var region = regions[random.Next(regions.Length)];
            if (TryPlant(Drawn(), region)) sessions += runs[^1].Sessions;
            else misses++;
        }
    }

    CourseKind Drawn()
    {
        var at = random.Next(Courses.All.Sum(course => course.Share));
        return Courses.All.First(course => (at -= course.Share) < 0);
    }

    bool TryPlant(CourseKind course, ImmutableArray<Staffing> region)
    {
        var host = region[random.Next(region.Length)];
        var pool = (course.OnSite ? [host] : region).SelectMany(estate => course.Positions.SelectMany(position => estate.People[position].Select(person => (Person: person, Estate: estate.Estate.Id))))
            .Where(one => !attended.ContainsKey((course.Code, one.Person))).ToArray();
        random.Shuffle(pool);
        var starts = staff.Grid.Starts(course.Minutes);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (!TryStart(course, starts, out var slots)) continue;
            var length = course.Minutes / 30;
            var wanted = random.Next((course.Min + course.Max) / 2, course.Max + 1);
            var trainer = trainers.Where(one => one.Grade == course.Grade && one.Trainer.Region == host.Region && one.Trainer.Authorised.ContainsKey(courses[course.Code])
                    && (!course.OnSite || one.Trainer.Estate == host.Estate.Id) && slots.All(slot => IsFree(one.Trainer.Id, slot, length, 1) && CanTeach(one.Trainer, slot, length)))
                .Select(one => one.Trainer).OrderBy(one => taught[one.Id]).FirstOrDefault();
            var venue = venues.Where(one => one.Region == host.Region && (course.Equipment.Length == 0 || one.Equipment.Contains(course.Equipment)) && (course.OnSite ? one.Estate == host.Estate.Id : one.Seats >= course.Min)
                && one.Seats >= course.Min && slots.All(slot => IsFree(one.Id, slot, length, 0))).OrderBy(one => one.Seats < wanted).ThenBy(one => one.Seats).FirstOrDefault();
            if (trainer is null || venue is null) continue;

            var windows = slots.Select(slot => staff.AwayOf(slot, length, travels: true)).ToArray();
            List<(Guid Person, Guid Estate)> seated = [];
            foreach (var one in pool.Take(Pool))
            {
                if (seated.Count == Math.Min(wanted, venue.Seats)) break;
                if (one.Person == trainer.Employee || !IsInOrder(course, one.Person, slots[0])) continue;
                var person = staff.Find(one.Person, one.Estate);
                if (!staff.Board.CanLeave(person, windows)) continue;
                foreach (var window in windows) staff.Board.Take(person, window);
                seated.Add(one);
            }
            if (seated.Count >= course.Min)
            {
                Keep(course, host, trainer, venue, slots, windows, seated);
                return true;
            }
            foreach (var one in seated)
                foreach (var window in windows) staff.Board.GiveBack(staff.Find(one.Person, one.Estate), window);
        }
        return false;
    }

    bool TryStart(CourseKind course, ImmutableArray<int> starts, out int[] slots)
    {
        var first = starts[random.Next(starts.Length)];
        slots = [first];
        for (var session = 1; session < course.Sessions; session++)
        {
            var last = slots[^1];
            var later = starts.Where(start => start / Grid.SlotsPerDay > last / Grid.SlotsPerDay && start < last + (10 * Grid.SlotsPerDay)).ToArray();
            if (later.Length == 0) return false;
            slots = [.. slots, later[random.Next(later.Length)]];
        }
        return true;
    }

    bool IsFree(Guid id, int slot, int length, int pause) => !taken[id].Any(use => use.From < slot + length + pause && slot < use.To + pause);

    bool CanTeach(SituationTrainer trainer, int slot, int length) =>
        trainer.Employee == Guid.Empty || staff.Board.CanLeave(staff.Find(trainer.Employee, trainer.Estate), staff.AwayOf(slot, length, travels: true));

    /// <summary>After what it builds on, and before what builds on it, where the same person takes both.</summary>
    bool IsInOrder(CourseKind course, Guid person, int first) =>
        (course.After.Length == 0 || !attended.TryGetValue((course.After, person), out var before) || before < first)
        && Courses.All.Where(other => other.After == course.Code).All(other => !attended.TryGetValue((other.Code, person), out var after) || first < after);

    void Keep(CourseKind course, Staffing host, SituationTrainer trainer, SituationVenue venue, int[] slots, Board.Window[] windows, List<(Guid Person, Guid Estate)> seated)
    {
        var length = course.Minutes / 30;
        foreach (var (slot, window) in slots.Zip(windows))
        {
            taken[trainer.Id].Add((slot, slot + length));
            taken[venue.Id].Add((slot, slot + length));
            taught[trainer.Id] += length;
            if (trainer.Employee != Guid.Empty) staff.Board.Take(staff.Find(trainer.Employee, trainer.Estate), window);
        }
        foreach (var (person, _) in seated) attended[(course.Code, person)] = slots[^1];
        var id = Staffing.NewId(random);
        var line = LineOf(course, host);
        runs.Add(new(id, line, courses[course.Code], course.Code, host.Region)
        {
            Sessions = course.Sessions, Minutes = course.Minutes, MinLearners = course.Min, Seats = Math.Min(course.Max, (int)Math.Ceiling(seated.Count * (1 + size.SpareSeats))),
            Equipment = course.Equipment.Length == 0 ? [] : [course.Equipment],
            Prerequisites = course.After.Length == 0 ? [] : [courses[course.After]],
            OnSite = course.OnSite ? host.Estate.Id : Guid.Empty,
            Demands = [.. seated.Select(one => new Demand(one.Person, one.Estate, 200 * random.Next(2, 10))
            {
                Deadline = course.Mandatory && random.Next(3) > 0 ? staff.Grid.DayOf(slots[^1]).AddDays(random.Next(0, size.DeadlineSlack + 1)) : DateOnly.MaxValue,
            })],
        });
        planted.Add(new(id, [.. slots.Select(slot => new Class(staff.Grid.At(slot), staff.Grid.At(slot).AddMinutes(course.Minutes), trainer.Id, venue.Id))], [.. seated.Select(one => one.Person)]));
    }

    readonly Dictionary<(string, Guid), Guid> lines = [];

    Guid LineOf(CourseKind course, Staffing host)
    {
        var key = (course.Code + host.Region, course.OnSite ? host.Estate.Id : Guid.Empty);
        return lines.TryGetValue(key, out var line) ? line : lines[key] = Staffing.NewId(random);
    }

    /// <summary>What the planner gets: runs in any order, trainers with their hours.</summary>
    Situation Shuffled()
    {
        var inAnyOrder = runs.ToArray();
        random.Shuffle(inAnyOrder);
        return Bare() with
        {
            Runs = [.. inAnyOrder],
            Trainers = [.. trainers.Select(one => one.Trainer with { HoursLeft = Math.Ceiling(taught[one.Trainer.Id] * (decimal)(1 + size.SpareHours)) / 2 })],
        };
    }
}
