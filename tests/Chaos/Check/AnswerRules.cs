using System.Text.Json;

namespace Training.Chaos.Check;

/// <summary>What the read APIs say is what the facts say when they are reckoned anew.</summary>
static class AnswerRules
{
    static readonly Dictionary<string, string> StateAfter = new()
    {
        ["run_planned"] = "Planned", ["run_funded"] = "Funded", ["run_confirmed"] = "Confirmed", ["run_finished"] = "Held", ["run_parked"] = "Parked", ["run_cancelled"] = "Cancelled",
    };

    static readonly Dictionary<string, string> StandingAfter = new() { ["employee_hired"] = "Employed", ["employee_moved"] = "Employed", ["employee_returned"] = "Employed", ["employee_left"] = "Left" };

    public static IEnumerable<Violation> Check(Index index)
    {
        var ledgers = MoneyRules.Ledgers(index).ToDictionary(ledger => ledger.Line);
        foreach (var answer in index.History.Answers)
        {
            var id = Guid.Parse(answer.Path.Split('/')[^1]);
            if (answer.Body is not { } body) { yield return new(Breach.Answer, $"GET {answer.Service} {answer.Path} ({answer.Tenant}) knows of nothing there; there are facts of it."); continue; }
            foreach (var (what, said, reckoned) in answer.Service switch
            {
                "Budgeting" => Line(body, ledgers[id]),
                "Scheduling" => [("state", body.GetProperty("run").Text("state"), Last(index, answer, id, StateAfter))],
                _ => [("state", body.GetProperty("employee").Text("state"), Last(index, answer, id, StandingAfter))],
            })
                if (said != reckoned) yield return new(Breach.Answer, $"GET {answer.Service} {answer.Path} ({answer.Tenant}) says {what} {said}; its facts say {reckoned}.");
        }
    }

    static (string, string, string)[] Line(JsonElement body, Ledger ledger)
    {
        return
        [
            Amount("allocated", ledger.Allocated), Amount("reserved", ledger.Runs.Values.Sum(run => run.Reserved)), Amount("committed", ledger.Runs.Values.Sum(run => run.Committed)),
            Amount("actual", ledger.Actual), Amount("available", ledger.Available),
        ];

        (string, string, string) Amount(string name, decimal reckoned) => (name, $"{body.Number(name):0.00}", $"{reckoned:0.00}");
    }

    static string Last(Index index, Answer answer, Guid id, Dictionary<string, string> states) =>
        index.ByStream.GetValueOrDefault((answer.Service, id))?.Select(fact => states.GetValueOrDefault(fact.Type)).LastOrDefault(state => state is not null) ?? "";
}
