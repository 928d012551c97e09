using Training.Scheduling.Situations;

namespace Training.Scheduling.Proposals;

static class ProposePlanHandler
{
    const int NamedViolations = 5;

    /// <summary>A timetable the verifier has something against is never proposed.</summary>
    internal static IProposalFact Decide(Situation situation, Solution solution, DateTimeOffset at)
    {
        if (solution.Violations.Count > 0)
            return new PlanningFailed("not-safe", $"The verifier found {solution.Violations.Count}: {string.Join(" ", solution.Violations.Take(NamedViolations).Select(violation => violation.Text))}", at);
        var runs = situation.Runs.ToDictionary(run => run.Id);
        // What stays where it is needs nobody's consent.
        var changed = solution.Timetable.Runs.Where(planned => !Stays(runs[planned.Run], planned)).ToList();
        return new PlanProposed(
            [.. changed.Select(planned => new ProposedRun(new(planned.Run), runs[planned.Run].CourseCode, !runs[planned.Run].Published.IsEmpty,
                [.. planned.Classes.Select(one => new ProposedSession(one.From, one.To, new(one.Trainer), new(one.Venue)))], [.. planned.Learners.Select(learner => new EmployeeId(learner))]))],
            [
                .. solution.Timetable.Unplaced.Select(one => IssueOf(one, runs[one.Run], solution.Explained)),
                .. solution.Unserved.Select(one => (one.Run, one.Text)).Concat(solution.Unsafe.Select(one => (one.Run, one.Text)))
                    .Select(one => new RunIssue(new(one.Run), runs[one.Run].CourseCode, one.Text.English) { ReasonChinese = one.Text.Chinese, Proof = Proof.ThisPlan }),
            ],
            QuoteOf(solution.Bill), QuoteOf(solution.FirstFit), solution.Frontier, solution.Moves, Math.Round(solution.Used.TotalSeconds, 3), at)
        {
            Unseated = [.. solution.Explained.Learners.Select(one => new LearnerIssue(new(one.Demand.Employee), new(one.Demand.Estate), new(one.Line), one.CourseCode, one.Demand.IsMandatory,
                one.Text.English, one.Text.Chinese, [.. one.Remedies.Select(RemedyOf)]))],
        };
    }

    /// <summary>What was proved; otherwise what the search saw, which nobody checked.</summary>
    static RunIssue IssueOf(Unplaced unplaced, SituationRun run, Explained explained) => (explained.Runs.FirstOrDefault(reason => reason.Run == unplaced.Run) is { } proved
        ? new RunIssue(new(run.Id), run.CourseCode, proved.Text.English)
        {
            ReasonChinese = proved.Text.Chinese, Proof = proved.HasPlace ? Proof.None : proved.InEveryPlan ? Proof.EveryPlan : Proof.ThisPlan, Remedies = [.. proved.Remedies.Select(RemedyOf)],
        }
        : new(new(run.Id), run.CourseCode, unplaced.Reason)
        {
            ReasonChinese = run.Published.IsEmpty ? "搜索没有为该班找到位置，原因未能在限时内证实。" : "没有找到全体学员都能保留座位的时间；在有人决定之前，该班维持原时间。",
        }) with { Waits = run.Published.IsEmpty };

    static ProposedRemedy RemedyOf(Remedy remedy) => new(remedy.Code, remedy.Text.English, remedy.Text.Chinese, remedy.Price);

    static bool Stays(SituationRun run, PlannedRun planned) =>
        run.Published.Length == planned.Classes.Length && run.Published.Zip(planned.Classes).All(pair => pair.First with { Locked = pair.Second.Locked } == pair.Second);

    static Quote QuoteOf(Bill bill) => new(
        bill.Total, [.. bill.Components.Select(item => new CostItem(item.Key, item.Value))], bill.Placed, bill.Seated, bill.Unseated, bill.MissedMandatory, bill.MovedSessions);
}
