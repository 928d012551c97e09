namespace Training.Benchmarks.Curriculum;

/// <summary>What the official rules of ITC-2007 track 3 (Di Gaspero, McCollum and Schaerf 2007) say about a solution file.</summary>
sealed record CurriculumVerdict(
    int Lectures, int Conflicts, int Availability, int RoomOccupation, int RoomCapacity, int MinimumWorkingDays, int CurriculumCompactness, int RoomStability)
{
    public int Hard => Lectures + Conflicts + Availability + RoomOccupation;
    public int Cost => RoomCapacity + MinimumWorkingDays + CurriculumCompactness + RoomStability;
}

/// <summary>Reads instance and solution anew and knows nothing of the planner: a second pair of eyes on every result.</summary>
static class CurriculumJudge
{
    public static CurriculumVerdict Judge(string instancePath, string solutionPath)
    {
        int days = 0, periods = 0;
        var section = "";
        Dictionary<string, (string Teacher, int Lectures, int MinDays, int Students)> courses = [];
        Dictionary<string, int> seats = [];
        Dictionary<string, string[]> curricula = [];
        HashSet<(string, int, int)> closed = [];
        foreach (var line in File.ReadAllLines(instancePath))
        {
            var word = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (word.Length == 0) continue;
            if (word[0].EndsWith(':'))
            {
                section = word[0];
                if (section == "Days:") days = int.Parse(word[1]);
                if (section.Equals("Periods_per_day:", StringComparison.OrdinalIgnoreCase)) periods = int.Parse(word[1]);
                continue;
            }
            if (word[0].StartsWith("END", StringComparison.Ordinal)) break;
            switch (section)
            {
                case "COURSES:": courses[word[0]] = (word[1], int.Parse(word[2]), int.Parse(word[3]), int.Parse(word[4])); break;
                case "ROOMS:": seats[word[0]] = int.Parse(word[1]); break;
                case "CURRICULA:": curricula[word[0]] = word[2..]; break;
                case "UNAVAILABILITY_CONSTRAINTS:": closed.Add((word[0], int.Parse(word[1]), int.Parse(word[2]))); break;
                default: break;
            }
        }

        var lectures = File.ReadAllLines(solutionPath).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(word => word.Length == 4)
            .Select(word => (Course: word[0], Room: word[1], Day: int.Parse(word[2]), Period: int.Parse(word[3]))).ToArray();

        // A lecture beyond those asked for, twice in one period, or outside the timetable is as wrong as a missing one.
        var missing = courses.Sum(course => Math.Abs(course.Value.Lectures
            - lectures.Where(l => l.Course == course.Key && l.Day >= 0 && l.Day < days && l.Period >= 0 && l.Period < periods)
                .Select(l => (l.Day, l.Period)).Distinct().Count()));
        var unknown = lectures.Count(l => !courses.ContainsKey(l.Course) || !seats.ContainsKey(l.Room));
        if (unknown > 0) return new(missing + unknown, 0, 0, 0, 0, 0, 0, 0);

        bool Meet(string one, string other) =>
            courses[one].Teacher == courses[other].Teacher || curricula.Values.Any(members => members.Contains(one) && members.Contains(other));
        var conflicts = lectures.GroupBy(l => (l.Day, l.Period)).Sum(same =>
        {
            var held = same.Select(l => l.Course).Distinct().ToArray();
            var count = 0;
            for (var i = 0; i < held.Length; i++) for (var j = i + 1; j < held.Length; j++) if (Meet(held[i], held[j])) count++;
            return count;
        });

        var isolated = 0;
        foreach (var members in curricula.Values)
        {
            var times = lectures.Where(l => members.Contains(l.Course)).ToArray();
            isolated += times.Count(l => !times.Any(near => near.Day == l.Day && Math.Abs(near.Period - l.Period) == 1));
        }

        return new(
            Lectures: missing,
            Conflicts: conflicts,
            Availability: lectures.Count(l => closed.Contains((l.Course, l.Day, l.Period))),
            RoomOccupation: lectures.GroupBy(l => (l.Room, l.Day, l.Period)).Sum(same => same.Count() - 1),
            RoomCapacity: lectures.Sum(l => Math.Max(0, courses[l.Course].Students - seats[l.Room])),
            MinimumWorkingDays: 5 * courses.Sum(course =>
                Math.Max(0, course.Value.MinDays - lectures.Where(l => l.Course == course.Key).Select(l => l.Day).Distinct().Count())),
            CurriculumCompactness: 2 * isolated,
            RoomStability: courses.Keys.Sum(course => Math.Max(0, lectures.Where(l => l.Course == course).Select(l => l.Room).Distinct().Count() - 1)));
    }
}
