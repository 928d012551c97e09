using System.Collections.Immutable;
using System.Globalization;
using Marten;
using MassTransit;
using Training.Contracts.NeedsAssessment.V1;
using Training.Foundation;
using Training.Scheduling.Calendars;
using Training.Scheduling.Known;

namespace Training.Scheduling.Runs;

public record PlanRun(RunId RunId, Offer Offer, ImmutableArray<Learner> Cohort, DateTimeOffset At);

public static class PlanRunHandler
{
    const int LongestSession = 480;

    public static IRunFact[] Decide(CourseRun? run, PlanRun command) =>
        run is null ? [new RunPlanned(command.RunId, command.Offer, command.Cohort, command.At)] : [];

    /// <summary>Groups of even size between the course's minimum and maximum; what is learnt on the job is learnt with the own estate where it has enough people.</summary>
    public static IReadOnlyList<ImmutableArray<Learner>> Groups(KnownCourse course, IReadOnlyList<Learner> learners)
    {
        if (!course.OnSite) return [.. Even(course, learners)];
        var byEstate = learners.ToLookup(learner => learner.EstateId);
        var enough = byEstate.Where(estate => estate.Count() >= course.MinLearners).ToList();
        var rest = byEstate.Where(estate => estate.Count() < course.MinLearners).SelectMany(estate => estate).ToHashSet();
        return [.. enough.SelectMany(estate => Even(course, [.. estate])), .. Even(course, [.. learners.Where(rest.Contains)])];
    }

    static IEnumerable<ImmutableArray<Learner>> Even(KnownCourse course, IReadOnlyList<Learner> learners)
    {
        var most = Math.Max(1, course.MaxLearners);
        var groups = (learners.Count + most - 1) / most;
        // Rather full groups and a few people left for the next plan than groups too small to be held.
        while (groups > 1 && learners.Count / groups < course.MinLearners) groups--;
        var seated = Math.Min(learners.Count, groups * most);
        for (int group = 0, taken = 0; group < groups; group++)
        {
            var size = (seated - taken + groups - group - 1) / (groups - group);
            yield return [.. learners.Skip(taken).Take(size)];
            taken += size;
        }
    }

    /// <summary>Sessions of at most eight hours, evenly long, in whole half hours.</summary>
    public static (int Sessions, int Minutes) Split(int minutes)
    {
        var sessions = Math.Max(1, (minutes + LongestSession - 1) / LongestSession);
        return (sessions, Math.Max(30, (minutes + sessions * 30 - 1) / (sessions * 30) * 30));
    }
}

/// <summary>Turns a line of a frozen plan into course runs, and asks for their money.</summary>
sealed class PlanLineConsumer(IDocumentSession session, IConfiguration configuration, TimeProvider clock) : IConsumer<TrainingPlanLineFrozen>
{
    const string FrontLine = "SEC,MON,CLN,GRD,ENG,CSR,STW";

    public async Task Consume(ConsumeContext<TrainingPlanLineFrozen> context)
    {
        var (line, ct) = (context.Message, context.CancellationToken);
        var course = await session.Must<KnownCourse>(line.CourseId, ct);
        if (course.NeedsNoSession) return;

        var estates = await session.MustAll<KnownEstate>(line.Learners.Select(learner => learner.EstateId), estate => estate.Id, ct);
        var employees = await session.MustAll<KnownEmployee>(line.Learners.Select(learner => learner.EmployeeId), employee => employee.Id, ct);
        var frontLine = (configuration["Scheduling:FrontLine"] ?? FrontLine).Split(',').ToHashSet();
        Learner[] learners = [.. line.Learners.Select(learner => new Learner(new(learner.EmployeeId), new(learner.EstateId), new(learner.NeedId)))];

        var desk = new Desk(session);
        foreach (var (cohort, index) in PlanRunHandler.Groups(course, learners).Select((group, index) => (group, index)))
        {
            var home = estates[cohort.GroupBy(learner => learner.EstateId).OrderByDescending(group => group.Count()).ThenBy(group => group.Key.Value).First().Key.Value];
            var (sessions, minutes) = PlanRunHandler.Split(course.Minutes);
            var offer = new Offer(new(line.PlanId), new(line.LineId), new(course.Id), course.Code, line.Region, line.Quarter, line.Priority,
                course.MinLearners, course.MaxLearners, sessions, minutes, course.PerRun, course.PerLearner, course.FundCategory, home.LegalEntity,
                2 * cohort.Count(learner => frontLine.Contains(employees[learner.EmployeeId.Value].PositionCode)) > cohort.Length, home.TimeZone,
                course.OnSite && cohort.All(learner => learner.EstateId.Value == home.Id), index + 1);
            var id = new RunId(DerivedId.Of("run", line.LineId.ToString(), index.ToString(CultureInfo.InvariantCulture)));
            var command = new PlanRun(id, offer, cohort, clock.GetUtcNow());
            await desk.Follow(id, run => PlanRunHandler.Decide(run, command), ct);
        }
        desk.Append();
    }
}
