using System.Globalization;
using System.Text;
using Training.Chaos.Check;
using Training.Chaos.Faults;
using Training.Chaos.Load;

namespace Training.Chaos;

/// <summary>A run as Markdown.</summary>
static class Report
{
    public static string Of(ChaosResult run)
    {
        var text = new StringBuilder();
        Line($"# Chaos run, seed {run.Options.Seed}");
        Line($"");
        Line($"`dotnet run -c Release --project tests/Chaos -- --minutes {run.Options.Load.TotalMinutes:0.##} --seed {run.Options.Seed}{(run.Options.Only.Length > 0 ? $" --only {string.Join(',', run.Options.Only)}" : "")}`, started {run.StartedAt:yyyy-MM-dd HH:mm} UTC. What the faults are, and what is promised: [reliability](reliability.md).");
        Line($"");
        Line($"| what | |");
        Line($"|---|---|");
        Line($"| under load and faults | {run.Loaded.TotalMinutes:0.0} min, then quiet after {run.Quiescence.TotalSeconds:0.0} s |");
        var missing = run.Options.Kinds.Select(fault => fault.Name).Except(run.Faults.Where(fault => !fault.Failed).Select(fault => fault.Planned.Name)).ToList();
        Line($"| faults | {run.Faults.Count(fault => !fault.Failed)}, of {run.Options.Kinds.Count - missing.Count} of {FaultList.All.Count} kinds; {run.Faults.Count(fault => fault.Failed)} more could not be inflicted |");
        Line($"| commands | {run.Orders.Count:N0}: {Count(Reply.Acknowledged):N0} acknowledged, {Count(Reply.Refused):N0} refused, {Count(Reply.Open):N0} never answered |");
        Line($"| of them | {run.Orders.Count(order => order.Unknown > 0):N0} at first without an answer and given again, {run.Orders.Count(order => order.Repeated):N0} given again on purpose, {run.NewerMessages:N0} with members of a later version |");
        Line($"| facts stored | {run.History.Facts.Count:N0} in {run.History.Streams.Count:N0} streams, {run.History.Facts.Count(fact => fact.Published is not null):N0} of them published |");
        foreach (var breach in Enum.GetValues<Breach>()) Line($"| {Words(breach)} | {run.Violations.Count(violation => violation.Breach == breach)} |");
        Line($"| services that ended by themselves | {run.EndedByThemselves} |");
        Line($"| most memory of one service | {run.MostMemory / 1048576.0:0} MiB |");
        Line($"");
        Line($"Recovery is from the end of a fault until everything stored by then is published and a new command has had its effect in another service; every fifth fault does not wait for it.");
        Line($"");
        Line($"| row | fault | times | median recovery, s | worst, s | seen |");
        Line($"|---|---|---|---|---|---|");
        foreach (var kind in run.Faults.Where(fault => !fault.Failed).GroupBy(fault => (fault.Planned.Row, fault.Planned.Name)).OrderBy(kind => kind.Key.Row).ThenBy(kind => kind.Key.Name))
        {
            var took = kind.Where(fault => fault.Recovery is not null).Select(fault => fault.Recovery.GetValueOrDefault().TotalSeconds).Order().ToList();
            var notes = kind.Select(fault => fault.Note).Where(note => note.StartsWith("skipped", StringComparison.Ordinal)
                || note.StartsWith("taken over", StringComparison.Ordinal) || note.StartsWith("slowest", StringComparison.Ordinal) || note.Contains("appended", StringComparison.Ordinal)).Distinct().Take(4);
            Line($"| {kind.Key.Row} | {kind.Key.Name} | {kind.Count()} | {(took.Count > 0 ? Number(took[took.Count / 2]) : "–")} | {(took.Count > 0 ? Number(took[^1]) : "–")} | {string.Join("; ", notes)} |");
        }
        if (missing.Count > 0)
        {
            Line($"");
            Line($"Not reached: {string.Join(", ", missing)}.");
        }
        foreach (var fault in run.Faults.Where(fault => fault.Failed))
        {
            Line($"");
            Line($"{fault.Planned.Name} {fault.Planned.Target}, fault {fault.Planned.Number}, was {fault.Note}");
        }
        if (run.Violations.Count > 0)
        {
            Line($"");
            Line($"## Violations");
            Line($"");
            Line($"{run.Evidence}");
            Line($"");
            // Twenty of each kind, from all over: neighbours are much alike.
            foreach (var violation in run.Violations.GroupBy(violation => violation.Breach).SelectMany(same => same.Where((_, place) => place % (same.Count() / 20 + 1) == 0))) Line($"- {Words(violation.Breach)}: {violation.Text}");
        }
        return text.ToString();

        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
        int Count(Reply reply) => run.Orders.Count(order => order.Reply == reply);
    }

    static string Number(double seconds) => seconds.ToString("0.0", CultureInfo.InvariantCulture);

    static string Words(Breach breach) => breach switch
    {
        Breach.Lost => "lost",
        Breach.Doubled => "doubled, or of no known cause",
        Breach.Disorder => "order violations",
        Breach.Tenant => "with the wrong group",
        Breach.Money => "money that does not add up",
        Breach.Answer => "answers that differ from the facts",
        Breach.Stood => "queues that held messages and handled none for a minute",
        Breach.Late => "faults whose effect did not end by itself within the limit",
        Breach.Broken => "promises seen broken while a fault lasted",
        _ => "unsettled",
    };
}
