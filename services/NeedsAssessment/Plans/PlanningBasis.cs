using Training.NeedsAssessment.Needs;
using Training.NeedsAssessment.Profiles;

namespace Training.NeedsAssessment.Plans;

/// <summary>What one person may be asked for in a quarter; set under <c>Planning</c> in the configuration.</summary>
public sealed record PlanningLimits
{
    public int CoursesPerPerson { get; init; } = 2;
    public int MinutesPerPerson { get; init; } = 4_800;
}

/// <param name="Needs">What is to be planned.</param>
/// <param name="People">People at work.</param>
/// <param name="Estates">Where they work.</param>
/// <param name="Courses">What is on offer.</param>
/// <param name="PlacesPerCourse">Places by course code; null for as many as are wanted, of every course.</param>
/// <param name="Placed">Who is on a frozen plan of the quarter already, with the course.</param>
/// <param name="Limits">What one person may be asked for.</param>
public sealed record PlanningBasis(
    IReadOnlyCollection<TrainingNeed> Needs, IReadOnlyCollection<PersonAtWork> People, KnownEstates Estates, IReadOnlyCollection<KnownCourse> Courses,
    IReadOnlyDictionary<string, int>? PlacesPerCourse, IReadOnlySet<(EmployeeId, CourseId)> Placed, PlanningLimits Limits);
