using System.Collections.Immutable;
using Training.Scheduling.Planning;

namespace Training.Benchmarks.Enrolment;

/// <summary>Post-enrolment course timetabling (ITC-2007 track 2) as a planning problem: five days of nine slots.</summary>
static class EnrolmentFile
{
    static readonly Horizon Week = new(5, 9);

    public static PlanningProblem Read(string path)
    {
        var numbers = Numbers(path).GetEnumerator();
        int Next() => numbers.MoveNext() ? numbers.Current : throw new InvalidDataException($"{path} ends early.");
        int[][] Table(int rows, int columns) => [.. Enumerable.Range(0, rows).Select(_ => Enumerable.Range(0, columns).Select(_ => Next()).ToArray()).ToArray()];

        var (events, rooms, features, students) = (Next(), Next(), Next(), Next());
        var seats = Table(1, rooms)[0];
        var attends = Table(students, events);
        var offers = Table(rooms, features);
        var needs = Table(events, features);
        var open = Table(events, Week.Slots);
        var order = Table(events, events);

        ImmutableArray<string> Features(int[] row) => [.. Where(row, 1).Select(f => $"f{f}")];
        return new(Week)
        {
            Activities = [.. Enumerable.Range(0, events).Select(e =>
            {
                var attendance = attends.Count(row => row[e] == 1);
                return new Activity($"e{e}")
                {
                    Attendance = attendance,
                    Priority = Math.Max(1, attendance),
                    Needs = [new("venue") { Features = Features(needs[e]) }],
                    Available = [.. Where(open[e], 1)],
                    SlotPrices = [.. Enumerable.Range(0, Week.Slots).Select(slot => slot % Week.SlotsPerDay == Week.SlotsPerDay - 1 ? attendance : 0)],
                };
            })],
            Resources = [.. seats.Select((size, r) => new Resource($"{r}", "venue") { Seats = size, Features = Features(offers[r]) })],
            Groups = [.. attends.Select((row, s) => new Group($"s{s}", "learner", [.. Where(row, 1).Select(e => $"e{e}")]))],
            Precedences = [.. from e in Enumerable.Range(0, events) from later in Where(order[e], 1) select new Precedence($"e{e}", $"e{later}")],
            Rules =
            [
                new(RuleKind.Seats, Severity.Hard),
                new(RuleKind.SlotPrice, Severity.Soft, 1),
                new(RuleKind.LongRow, Severity.Soft, 1, Limit: 2, Scope: "learner"),
                new(RuleKind.LoneSlot, Severity.Soft, 1, Scope: "learner"),
            ],
        };
    }

    /// <summary>The competition's solution format: slot and room of each event in turn, −1 −1 where it isn't held.</summary>
    public static void Write(string path, PlanningProblem problem, Plan plan)
    {
        var at = plan.Placements.ToDictionary(placement => placement.Activity);
        File.WriteAllLines(path, problem.Activities.Select(activity =>
            at.TryGetValue(activity.Id, out var placement) ? $"{placement.Slot} {placement.Resources[0]}" : "-1 -1"));
    }

    static IEnumerable<int> Where(int[] row, int value) => Enumerable.Range(0, row.Length).Where(i => row[i] == value);

    static IEnumerable<int> Numbers(string path) =>
        File.ReadLines(path).SelectMany(line => line.Split((char[])[' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries)).Select(int.Parse);
}
