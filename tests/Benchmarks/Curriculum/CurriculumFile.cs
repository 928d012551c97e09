using Training.Scheduling.Planning;

namespace Training.Benchmarks.Curriculum;

/// <summary>Curriculum-based course timetabling (ITC-2007 track 3) as a planning problem, with the penalties of formulation UD2.</summary>
static class CurriculumFile
{
    public static PlanningProblem Read(string path)
    {
        var lines = File.ReadLines(path)
            .Select(line => line.Split((char[])[' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries)).Where(words => words.Length > 0).ToList();
        int Header(string name) => int.Parse(lines.First(words => words[0].Equals(name + ":", StringComparison.OrdinalIgnoreCase))[1]);
        IEnumerable<string[]> Section(string name) =>
            lines.SkipWhile(words => words[0] != name + ":").Skip(1).TakeWhile(words => !words[0].EndsWith(':') && !words[0].StartsWith("END"));

        var horizon = new Horizon(Header("Days"), Header("Periods_per_day"));
        var courses = Section("COURSES").Select(w =>
            (Id: w[0], Teacher: w[1], Lectures: int.Parse(w[2]), MinDays: int.Parse(w[3]), Students: int.Parse(w[4]))).ToList();
        var closed = Section("UNAVAILABILITY_CONSTRAINTS").ToLookup(w => w[0], w => (int.Parse(w[1]) * horizon.SlotsPerDay) + int.Parse(w[2]));

        return new(horizon)
        {
            Activities = [.. courses.Select(course => new Activity(course.Id)
            {
                Meetings = course.Lectures,
                Attendance = course.Students,
                MinDays = course.MinDays,
                Needs = [new("venue")],
                Available = [.. Enumerable.Range(0, horizon.Slots).Except(closed[course.Id])],
            })],
            Resources = [.. Section("ROOMS").Select(w => new Resource(w[0], "venue") { Seats = int.Parse(w[1]) })],
            Groups =
            [
                .. Section("CURRICULA").Select(w => new Group(w[0], "cohort", [.. w.Skip(2)])),
                .. courses.GroupBy(course => course.Teacher).Select(taught => new Group(taught.Key, "trainer", [.. taught.Select(course => course.Id)])),
            ],
            Rules =
            [
                new(RuleKind.Seats, Severity.Soft, 1),
                new(RuleKind.Spread, Severity.Soft, 5),
                new(RuleKind.Isolated, Severity.Soft, 2, Scope: "cohort"),
                new(RuleKind.SameResource, Severity.Soft, 1),
            ],
        };
    }

    /// <summary>The competition's solution format: course, room, day, period.</summary>
    public static void Write(string path, PlanningProblem problem, Plan plan) =>
        File.WriteAllLines(path, plan.Placements.Select(at =>
            $"{at.Activity} {at.Resources[0]} {problem.Horizon.DayOf(at.Slot)} {at.Slot % problem.Horizon.SlotsPerDay}"));
}
