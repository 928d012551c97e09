using System.Globalization;
using Training.Benchmarks.Curriculum;
using Training.Benchmarks.Enrolment;
using Training.Scheduling.Planning;

namespace Training.Benchmarks;

static class Cli
{
    static int Main(string[] args)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        switch (args)
        {
            case ["ctt", var file, ..]: return Solve(file, new(args), CurriculumFile.Read, CurriculumFile.Write, CurriculumJudge.Judge);
            case ["tim", var file, ..]: return Solve(file, new(args), EnrolmentFile.Read, EnrolmentFile.Write, EnrolmentJudge.Judge);
            case ["messaging", ..]: return Messaging.MessagingTable.Show(args[1..]).GetAwaiter().GetResult();
            case ["portal", ..]: return Portal.PortalTable.Show(new(args)).GetAwaiter().GetResult();
            case ["planner", ..]:
                PlannerTable.LimitHeap(new Options(args).Number("heap-mib", 1_741));
                return PlannerTable.Show(new(args));
            default:
                Console.Error.WriteLine("""
                    ctt <file.ctt> | tim <file.tim>  [--cpu-seconds 60] [--iterations n] [--threads 1] [--seed 1] [--out <solution>] [--quiet]
                                                     [--solver planner|first-fit|regret|cp-sat]
                    planner [--quick] [--data <folder>] [--seeds 5] [--first-seed 1] [--cpu-seconds 60] [--threads 1] [--instances comp01,comp02] [--heap-mib 1741]
                                                     [--only ctt,tim,group,replan] [--without ctt-300,cp-sat,rounds,tim,...] [--results <file.jsonl>] [--print]
                                                     [--answer <file.jsonl>] [--cp-sat-variables 2000000] [--relief 1] [--spare-seats 0.1] [--spare-hours 0.25] [--deadline-slack 21]
                                                     [--sizes S,M,L] [--group-seed 1] [--planner-only]
                    messaging [B1 B5 ...] [--rounds 3] [--seconds 15] [--quick] [--even-if-noisy] [--markdown] [--json <file>]
                    portal [--employees 6000] [--users 200] [--seconds 60] [--pause 10] [--keys .run/platform/keys]
                    """);
                return 2;
        }
    }

    static int Solve(
        string file, Options options, Func<string, PlanningProblem> read, Action<string, PlanningProblem, Plan> write, Func<string, string, object> judge)
    {
        var problem = read(file);
        var progress = options.Has("quiet") ? null : new Lines();
        var result = Solvers.Solve(options.Text("solver", "planner"), problem, options.Budget(), options.Number("seed", 1), progress);
        var solution = options.Text("out", Path.Combine(Path.GetTempPath(), $"{Path.GetFileNameWithoutExtension(file)}.{Environment.ProcessId}.sol"));
        write(solution, problem, result.Plan);
        var seconds = result.Used.TotalSeconds;
        Console.WriteLine($"{Path.GetFileNameWithoutExtension(file)} hard {result.Cost.Hard} cost {result.Cost.Soft} "
            + $"moves {result.Moves} cpu {seconds:0.0}s moves/s {result.Moves / seconds:0}");
        Console.WriteLine($"  by kind: {string.Join(", ", result.Cost.ByKind.Select(pair => $"{pair.Key} {pair.Value}"))}");
        Console.WriteLine($"  judge:   {judge(file, solution)}");
        return 0;
    }
}
