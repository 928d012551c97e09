using Marten;
using Training.NeedsAssessment.Needs;
using Training.NeedsAssessment.Profiles;

namespace Training.NeedsAssessment.Plans;

/// <summary>What one person may be asked for in a quarter; set under <c>Planning</c> in the configuration.</summary>
public sealed record PlanningLimits
{
    public int CoursesPerPerson { get; init; } = 2;
    public int MinutesPerPerson { get; init; } = 4_800;

    /// <summary>Whether one person may take courses of these minutes. One alone may take as long as it does.</summary>
    public bool Allow(IReadOnlyCollection<int> minutes) => minutes.Count <= 1 || (minutes.Count <= CoursesPerPerson && minutes.Sum() <= MinutesPerPerson);
}

/// <param name="Needs">What is to be planned.</param>
/// <param name="People">People at work.</param>
/// <param name="Estates">Where they work.</param>
/// <param name="Courses">All courses; those that are live are on offer.</param>
/// <param name="PlacesPerCourse">Places by course code; null for as many as are wanted, of every course.</param>
/// <param name="Placed">Who is on a frozen plan of the quarter already, with the course; it counts towards what one person may be asked for.</param>
/// <param name="Limits">What one person may be asked for.</param>
public sealed record PlanningBasis(
    IReadOnlyCollection<TrainingNeed> Needs, IReadOnlyCollection<PersonAtWork> People, KnownEstates Estates, IReadOnlyCollection<KnownCourse> Courses,
    IReadOnlyDictionary<string, int>? PlacesPerCourse, IReadOnlySet<(EmployeeId Employee, CourseId Course)> Placed, PlanningLimits Limits);

static class FrozenPlans
{
    /// <summary>Who has which course by the frozen plans of a quarter.</summary>
    internal static async Task<IReadOnlySet<(EmployeeId Employee, CourseId Course)>> Placed(this IQuerySession query, string quarter, CancellationToken ct) =>
        (from plan in await query.Query<TrainingPlan>().Where(plan => plan.Quarter == quarter && plan.FrozenVersion > 0).ToListAsync(ct)
         from line in plan.Lines
         from learner in line.Learners
         select (learner.EmployeeId, line.CourseId)).ToHashSet();
}
