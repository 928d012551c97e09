using Google.OrTools.Graph;
using Google.OrTools.LinearSolver;
using Training.Scheduling.Planning;
using Training.Scheduling.Situations;

namespace Training.Benchmarks.PropertyGroup;

/// <summary>What no plan can beat.</summary>
static class Bounds
{
    /// <summary>
    /// Mandatory learners that every timetable misses: each needs a seat of one of the runs of his line and his part of a trainer's time. A maximum flow of half
    /// hours from lines to trainers, who may be anywhere at any time.
    /// </summary>
    public static int Missed(Situation situation)
    {
        var lines = situation.Runs.GroupBy(run => run.Line).Select(line => (
            Run: line.First(), Seats: line.Sum(run => run.Seats), Largest: line.Max(run => run.Seats),
            People: line.SelectMany(run => run.Demands).Where(demand => demand.IsMandatory).DistinctBy(demand => demand.Employee).Count())).Where(line => line.People > 0).ToList();
        var withoutSeat = lines.Sum(line => Math.Max(0, line.People - line.Seats));
        // Rounded against the bound, in thousandths of a half hour.
        var parts = lines.Select(line => (long)(1_000.0 * line.Run.Sessions * line.Run.Minutes / 30 / line.Largest)).ToArray();
        var flow = new MaxFlow();
        var sink = 1 + lines.Count + situation.Trainers.Length;
        long demand = 0;
        for (var i = 0; i < lines.Count; i++)
        {
            var wanted = parts[i] * Math.Min(lines[i].People, lines[i].Seats);
            demand += wanted;
            flow.AddArcWithCapacity(0, 1 + i, wanted);
            for (var t = 0; t < situation.Trainers.Length; t++)
                if (situation.Trainers[t].Serves(lines[i].Run.Region) && situation.Trainers[t].Authorised.ContainsKey(lines[i].Run.Course)) flow.AddArcWithCapacity(1 + i, 1 + lines.Count + t, wanted);
        }
        for (var t = 0; t < situation.Trainers.Length; t++) flow.AddArcWithCapacity(1 + lines.Count + t, sink, (long)(situation.Trainers[t].HoursLeft * 2_000));
        if (lines.Count == 0 || flow.Solve(0, sink) != MaxFlow.Status.OPTIMAL) return withoutSeat;
        return withoutSeat + (int)Math.Ceiling((demand - flow.OptimalFlow()) / (double)parts.Max());
    }

    /// <summary>
    /// A cost no plan goes below: the linear relaxation in which meetings are spread over days and resources in any shares. Kept are profiles and resources by
    /// day, hours, and the prices of slots, resources and leaving out; all other rules are dropped. NaN where the solver doesn't prove it in time.
    /// </summary>
    public static double Cost(PlanningProblem problem, string solverName, TimeSpan time)
    {
        var p = new CompiledProblem(problem);
        using var solver = Solver.CreateSolver(solverName);
        solver.SetTimeLimit((long)time.TotalMilliseconds);
        var objective = solver.Objective();
        objective.SetMinimization();
        var profiles = new Dictionary<(int Profile, int Day), Constraint>();
        var resources = new Dictionary<int, Constraint>();
        for (var a = 0; a < p.ActivityCount; a++)
        {
            var meetings = problem.Activities[a].Meetings;
            var held = solver.MakeConstraint(meetings, meetings, "");
            var leftOut = solver.MakeNumVar(0, meetings, "");
            held.SetCoefficient(leftOut, 1);
            objective.SetCoefficient(leftOut, p.LeftOutCost[a]);
            var served = Enumerable.Range(0, p.NeedCount[a]).Select(_ => solver.MakeConstraint(meetings, meetings, "")).ToArray();
            foreach (var balance in served) balance.SetCoefficient(leftOut, 1);
            foreach (var day in p.Starts[a].GroupBy(slot => p.DayOf[slot]))
            {
                var here = solver.MakeNumVar(0, meetings, "");
                held.SetCoefficient(here, 1);
                objective.SetCoefficient(here, day.Min(slot => p.SlotPrice[a][slot]));
                foreach (var profile in p.Draws[(a * p.Days) + day.Key].GroupBy(draw => draw.Profile))
                {
                    var least = day.Min(slot => profile.Sum(draw => draw.Amount * Math.Max(0, Math.Min(draw.To, slot + p.Duration[a] + p.Margin[a]) - Math.Max(draw.From, slot - p.Margin[a]))));
                    if (least > 0) RowOf(solver, profiles, (profile.Key, day.Key), () => Spare(p, profile.Key, day.Key)).SetCoefficient(here, least);
                }
            }
            for (var need = 0; need < p.NeedCount[a]; need++)
                foreach (var resource in p.Candidates[(a * p.Needs) + need])
                {
                    var by = solver.MakeNumVar(0, meetings, "");
                    served[need].SetCoefficient(by, 1);
                    objective.SetCoefficient(by, p.ResourcePrice[(((a * p.Needs) + need) * p.ResourceCount) + resource]);
                    var row = RowOf(solver, resources, resource, () => Hours(p, resource));
                    row.SetCoefficient(by, row.GetCoefficient(by) + p.Duration[a]);
                }
        }
        return solver.Solve() == Solver.ResultStatus.OPTIMAL ? objective.BestBound() is var bound && double.IsFinite(bound) && bound != 0 ? bound : objective.Value() : double.NaN;
    }

    static Constraint RowOf<TKey>(Solver solver, Dictionary<TKey, Constraint> rows, TKey key, Func<double> most) where TKey : notnull =>
        rows.TryGetValue(key, out var row) ? row : rows[key] = solver.MakeConstraint(0, most(), "");

    static double Spare(CompiledProblem p, int profile, int day) => Enumerable.Range(day * p.SlotsPerDay, p.SlotsPerDay).Sum(slot => (double)p.Free[(profile * p.Slots) + slot]);

    static double Hours(CompiledProblem p, int resource) =>
        Math.Min(p.MostSlots[resource], Enumerable.Range(0, p.Slots).Count(slot => !p.Unavailable[(resource * p.Slots) + slot]));
}
