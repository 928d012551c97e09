namespace Training.Benchmarks.Enrolment;

/// <summary>
/// What the official rules of ITC-2007 track 2 (Lewis, Paechter and McCollum 2007) say about a solution file. Distance: learners of the events not held.
/// </summary>
sealed record EnrolmentVerdict(
    int Distance, int Conflicts, int Unsuitable, int RoomClashes, int Unavailable, int OutOfOrder, int LastSlot, int LongRows, int LoneEvents)
{
    public int Hard => Conflicts + Unsuitable + RoomClashes + Unavailable + OutOfOrder;
    public int Cost => LastSlot + LongRows + LoneEvents;
}

/// <summary>Reads instance and solution anew and knows nothing of the planner.</summary>
static class EnrolmentJudge
{
    const int Days = 5, PerDay = 9, Slots = Days * PerDay;

    public static EnrolmentVerdict Judge(string instancePath, string solutionPath)
    {
        var n = Array.ConvertAll(File.ReadAllText(instancePath).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries), int.Parse);
        int events = n[0], rooms = n[1], features = n[2], students = n[3];
        var size = 4;
        var attends = size + rooms;
        var offers = attends + (students * events);
        var needs = offers + (rooms * features);
        var open = needs + (events * features);
        var order = open + (events * Slots);
        if (n.Length < order + (events * events)) throw new InvalidDataException("The instance is too short.");

        var at = File.ReadAllLines(solutionPath).Where(line => line.Trim().Length > 0).Select(line => Array.ConvertAll(line.Split(' '), int.Parse)).ToArray();
        if (at.Length != events) throw new InvalidDataException("The solution doesn't have one line for each event.");
        var heads = new int[events];
        for (var s = 0; s < students; s++) for (var e = 0; e < events; e++) heads[e] += n[attends + (s * events) + e];

        int distance = 0, conflicts = 0, unsuitable = 0, clashes = 0, unavailable = 0, disorder = 0, last = 0, rows = 0, lone = 0;
        for (var e = 0; e < events; e++)
        {
            int slot = at[e][0], room = at[e][1];
            if (slot < 0 || room < 0 || slot >= Slots || room >= rooms)
            {
                distance += heads[e];
                continue;
            }
            var lacking = Enumerable.Range(0, features).Any(f => n[needs + (e * features) + f] == 1 && n[offers + (room * features) + f] == 0);
            if (lacking || heads[e] > n[size + room]) unsuitable++;
            if (n[open + (e * Slots) + slot] == 0) unavailable++;
            if (slot % PerDay == PerDay - 1) last += heads[e];
            for (var f = 0; f < events; f++)
            {
                if (f == e || at[f][0] < 0) continue;
                var relation = n[order + (e * events) + f];
                if (relation == 1 && slot >= at[f][0]) disorder++;
                if (relation == -1 && slot <= at[f][0] && n[order + (f * events) + e] != 1) disorder++;
                if (f < e || at[f][0] != slot) continue;
                if (at[f][1] == room) clashes++;
                for (var s = 0; s < students; s++)
                {
                    if (n[attends + (s * events) + e] != 1 || n[attends + (s * events) + f] != 1) continue;
                    conflicts++;
                    break;
                }
            }
        }

        for (var s = 0; s < students; s++)
        {
            for (var day = 0; day < Days; day++)
            {
                var present = new bool[PerDay];
                for (var e = 0; e < events; e++)
                    if (n[attends + (s * events) + e] == 1 && at[e][0] >= 0 && at[e][0] / PerDay == day) present[at[e][0] % PerDay] = true;
                var run = 0;
                foreach (var here in present)
                {
                    run = here ? run + 1 : 0;
                    if (run > 2) rows++;
                }
                if (present.Count(here => here) == 1) lone++;
            }
        }
        return new(distance, conflicts, unsuitable, clashes, unavailable, disorder, last, rows, lone);
    }
}
