namespace Training.Chaos.Check;

/// <summary>What a message leads to in the services that hear it: the facts it must cause, once.</summary>
static class EffectRules
{
    const string Needs = "NeedsAssessment", Scheduling = "Scheduling", Budgeting = "Budgeting", Evaluation = "Evaluation";

    /// <param name="Contract">What was heard.</param>
    /// <param name="Service">By whom.</param>
    /// <param name="Types">One of these facts follows.</param>
    /// <param name="Excuse">Whether it may rightly have been without effect.</param>
    sealed record Rule(string Contract, string Service, string[] Types, Func<Index, StoredFact, bool> Excuse);

    static readonly Rule[] Rules =
    [
        new("Training.Contracts.Workforce.V1:EmployeeHired", Needs, ["profile_opened"], Never),
        new("Training.Contracts.Workforce.V1:EmployeeMoved", Needs, ["position_changed"], Never),
        new("Training.Contracts.Workforce.V1:EmployeeLeft", Needs, ["profile_closed"], Never),
        new("Training.Contracts.Workforce.V1:EmployeeReturned", Needs, ["profile_reopened"], Never),
        new("Training.Contracts.Workforce.V1:WageBasePosted", Budgeting, ["wage_base_received"], Never),
        new("Training.Contracts.NeedsAssessment.V1:TrainingPlanLineFrozen", Scheduling, ["run_planned"], Never),
        new("Training.Contracts.Scheduling.V1:FundingRequested", Budgeting, ["run_funded", "run_funding_declined"], WithdrawnBefore),
        new("Training.Contracts.Budgeting.V1:FundsReserved", Scheduling, ["run_funded"], RunWasStopped),
        new("Training.Contracts.Budgeting.V1:FundsDeclined", Scheduling, ["run_declined"], RunWasStopped),
        // Each queue keeps its own order: a run's end may be heard before its beginning.
        new("Training.Contracts.Scheduling.V1:CourseRunConfirmed", Budgeting, ["funds_committed"], RunWasOver),
        new("Training.Contracts.Scheduling.V1:SessionHeld", Budgeting, ["run_actual_posted"], Never),
        new("Training.Contracts.Scheduling.V1:SessionHeld", Evaluation, ["evaluation_opened"], (_, message) => message.Published?.Body.Text("lastOfRun") != "True"),
    ];

    // One message rightly causes several of these in one stream, each of something else.
    static readonly HashSet<string> Several =
    [
        "level_changed", "trainer_lapsed", "booking_endangered", "plan_line_drafted", "plan_line_frozen",
        // Of a week, one for each session of who leaves, and of who gets the seats.
        "staff_released", "staff_booked",
    ];

    public static IEnumerable<Violation> Check(Index index)
    {
        foreach (var rule in Rules)
            foreach (var message in index.Sent(rule.Contract))
                if (!index.Caused(rule.Service, message).Any(fact => rule.Types.Contains(fact.Type)) && !rule.Excuse(index, message))
                    yield return new(Breach.Lost, $"{message}: no {string.Join(" or ", rule.Types)} followed in {rule.Service}.");

        foreach (var message in index.Messages.Values)
            foreach (var service in index.SubscribersOf[message.Published?.Contract ?? ""].Select(one => one.Service).Distinct())
                foreach (var twice in index.Caused(service, message).GroupBy(fact => (fact.Stream, fact.Type, Of: Several.Contains(fact.Type) ? fact.Data.GetRawText() : "")).Where(same => same.Count() > 1))
                    yield return new(Breach.Doubled, $"{message} caused {twice.Count()} {twice.Key.Type} in stream {twice.Key.Stream} of {service}: {string.Join(" and ", twice.Select(fact => fact.Data.GetRawText()))}.");

        foreach (var granted in index.History.Facts.Where(fact => fact.Service == Budgeting && fact.Type == "run_funded"))
            if (index.CausedBy[(Budgeting, granted.Causation)].Count(fact => fact.Type == "funds_reserved") != 1)
                yield return new(Breach.Money, $"{granted}: not exactly one reservation stands behind it.");
    }

    static bool Never(Index index, StoredFact message) => false;

    static bool WithdrawnBefore(Index index, StoredFact message) => index.History.Facts.Any(fact =>
        fact.Service == Budgeting && fact.Type == "run_funding_withdrawn" && fact.Data.Text("runId") == message.Published?.Body.Text("runId"));

    /// <summary>Not one parked because no answer came: then the answer was lost, or not in time.</summary>
    static bool RunWasStopped(Index index, StoredFact message) =>
        Run(index, message).Any(fact => fact.Type == "run_cancelled" || (fact.Type == "run_parked" && fact.Data.Text("code") != "no-funding-answer"));

    static bool RunWasOver(Index index, StoredFact message) =>
        Run(index, message).Any(fact => fact.Type is "run_cancelled" or "run_parked" or "run_finished");

    static IReadOnlyList<StoredFact> Run(Index index, StoredFact message) =>
        Guid.TryParse(message.Published?.Body.Text("runId"), out var run) ? index.ByStream.GetValueOrDefault((Scheduling, run)) ?? [] : [];
}
