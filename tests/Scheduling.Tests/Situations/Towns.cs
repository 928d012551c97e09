using System.Collections.Immutable;
using Training.Scheduling.Calendars;
using Training.Scheduling.Situations;
using static Training.Scheduling.Tests.World;

namespace Training.Scheduling.Tests.Situations;

/// <summary>Small situations with everything in them that a situation can have.</summary>
static class Towns
{
    public static Situation Random(int seed)
    {
        var random = new Random(seed);
        Guid Named(string what, int number) => Id($"{seed}-{what}-{number}");
        var to = Monday.AddDays(random.Next(4, 12));
        var estates = Enumerable.Range(0, 3).Select(number => EstateOf(Named("estate", number), $"E{number}", random, person => Named($"person-{number}", person))).ToImmutableArray();
        var people = estates.SelectMany((estate, number) => Enumerable.Range(0, 8).Select(person => (Id: Named($"person-{number}", person), Estate: estate.Id))).ToList();
        var courses = Enumerable.Range(0, 3).Select(number => Named("course", number)).ToArray();
        var runs = Enumerable.Range(0, 3).SelectMany(line =>
        {
            var (sessions, minutes) = (random.Next(1, 3), 60 * random.Next(1, 6));
            var wanted = people.Where(_ => random.Next(3) > 0).Select(person => new Demand(person.Id, person.Estate, random.Next(1, 20) * 100)
            {
                Deadline = random.Next(5) == 0 ? Monday.AddDays(random.Next(10)) : DateOnly.MaxValue,
            }).ToList();
            return Enumerable.Range(0, random.Next(1, 4)).Select(group => new SituationRun(Named($"run-{line}", group), Named("line", line), courses[line], $"K0{line}", "HZ")
            {
                Sessions = sessions, Minutes = minutes, MinLearners = random.Next(1, 5), Seats = random.Next(5, 9), Equipment = random.Next(3) == 0 ? ["projector"] : [],
                Prerequisites = line == 2 ? [courses[0]] : [], Demands = [.. wanted.Skip(group * 7).Take(7)],
            });
        }).ToImmutableArray();
        return new(Monday, to, Zone)
        {
            AsOf = random.Next(2) == 0 ? default : At(random.Next(3), random.Next(24)),
            FrozenUntil = random.Next(2) == 0 ? default : At(random.Next(4), random.Next(24)),
            Runs = runs,
            Estates = estates,
            Trainers = [.. Enumerable.Range(0, 3).Select(number => new SituationTrainer(Named("trainer", number), $"T{number}", number == 0 ? "*" : "HZ", random.Next(4, 30))
            {
                Authorised = courses.Where(_ => random.Next(4) > 0).ToImmutableDictionary(course => course, _ => Monday.AddDays(random.Next(3, 40))),
                Unavailable = [From(random.Next(5), 6, random.Next(8, 20))], FeePerHour = random.Next(5) * 100,
                Employee = number == 1 ? people[0].Id : Guid.Empty, Estate = number == 1 ? people[0].Estate : Guid.Empty,
            })],
            Venues = [.. Enumerable.Range(0, 3).Select(number => new SituationVenue(Named("venue", number), $"V{number}", "HZ", random.Next(3, 12))
            {
                Estate = number == 0 ? estates[0].Id : Guid.Empty, Equipment = number == 0 ? ["projector"] : [], Unavailable = [From(random.Next(5), 8, random.Next(9, 18))], RatePerHour = number * 40,
            })],
        };
    }

    static SituationEstate EstateOf(Guid id, string code, Random random, Func<int, Guid> person)
    {
        DutyShift Duty(string post, int day, double from, double to, params int[] people) => new(post, At(day, from), At(day, to), [.. people.Select(number => new EmployeeId(person(number)))]);
        return new(id, code)
        {
            Posts = [Always("GATE", 1), new("DESK", new(8, 0), new(18, 0), 1, random.Next(2) == 0 ? "FIRE" : "")],
            RosteredWeeks = [Monday.AddDays(-7), Monday, .. random.Next(3) > 0 ? [Monday.AddDays(7)] : Array.Empty<DateOnly>()],
            Shifts = [.. Enumerable.Range(0, 14).SelectMany(day => new[]
            {
                Duty("GATE", day, 8, 20, day % 2, 2 + day % 2), Duty("GATE", day, 20, 32, 2 - day % 2, 4), Duty("DESK", day, 8.5, 17.5, 5, 6),
            })],
            Licences = ImmutableDictionary<EmployeeId, ImmutableDictionary<string, DateOnly>>.Empty
                .Add(new(person(5)), ImmutableDictionary<string, DateOnly>.Empty.Add("FIRE", Monday.AddDays(random.Next(20)))),
            Absences = [new(person(7), From(random.Next(5), 8, 12))],
        };
    }
}
