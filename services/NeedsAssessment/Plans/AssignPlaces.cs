using System.Collections.Immutable;
using Training.Foundation;
using Training.NeedsAssessment.Needs;
using Training.NeedsAssessment.Profiles;

namespace Training.NeedsAssessment.Plans;

/// <summary>
/// Gives places to people with open gaps, most urgent need first, largest gap first. The places of a course are divided over the regions by the
/// people there whom it fits. For each gap the courses are tried in order: the one that just reaches the requirement, then the one that lifts highest.
/// </summary>
public sealed class AssignPlaces
{
    sealed record Wish(TrainingNeed Need, PersonAtWork Person, string Region, IReadOnlyList<KnownCourse> Courses);

    readonly PlanningBasis basis;
    readonly ILookup<string, (KnownCourse Course, Step Step)> offers;
    readonly Dictionary<EmployeeId, List<KnownCourse>> taken;
    readonly Dictionary<(Guid Course, string Region), (decimal Priority, List<PlannedLearner> Learners)> lines = [];

    AssignPlaces(PlanningBasis basis)
    {
        this.basis = basis;
        offers = (from course in basis.Courses
                  where course.Live && course.HasPlaces && basis.PlacesPerCourse?.GetValueOrDefault(course.Code) is null or > 0
                  from step in course.Steps
                  select (course, step)).ToLookup(offer => offer.step.CompetencyCode);
        taken = (from placed in basis.Placed
                 join course in basis.Courses on placed.Course.Value equals course.Id
                 group course by placed.Employee).ToDictionary(mine => mine.Key, mine => mine.ToList());
    }

    public static ImmutableArray<PlanLine> Of(PlanId plan, PlanningBasis basis) => new AssignPlaces(basis).Lines(plan);

    ImmutableArray<PlanLine> Lines(PlanId plan)
    {
        Wish[] wishes = [.. Wishes().Where(wish => !Served(wish))];
        var quotas = Quotas(wishes);
        foreach (var wish in wishes.Where(wish => !Served(wish)))
            if (wish.Courses.FirstOrDefault(course => Fits(wish.Person, course) && quotas[(course.Id, wish.Region)] > 0) is { } course)
            {
                quotas[(course.Id, wish.Region)]--;
                Take(wish, course);
            }

        var codes = basis.Courses.ToDictionary(course => course.Id, course => course.Code);
        return
        [
            .. from line in lines
               let code = codes[line.Key.Course]
               orderby line.Value.Priority descending, code, line.Key.Region
               select new PlanLine(DerivedId.Of("plan-line", plan.Value.ToString(), code, line.Key.Region), new(line.Key.Course), code, line.Key.Region,
                   line.Value.Priority, [.. line.Value.Learners]),
        ];
    }

    IEnumerable<Wish> Wishes()
    {
        var holders = basis.People.ToLookup(person => (person.PositionCode, Region: basis.Estates.RegionOf(person.EstateId)));
        return from need in basis.Needs.OrderByDescending(need => need.Figures.Priority).ThenBy(need => need.Id)
               from wish in from person in holders[(need.Subject.PositionCode, need.Subject.Region)]
                            let gap = person.Gaps.GetValueOrDefault(need.Subject.CompetencyCode)
                            where gap is not null
                            orderby gap.Size descending, person.EmployeeId.Value
                            let courses = Fitting(person, gap)
                            where courses.Count > 0
                            select new Wish(need, person, need.Subject.Region, courses)
               select wish;
    }

    IReadOnlyList<KnownCourse> Fitting(PersonAtWork person, Gap gap) =>
    [
        .. from offer in offers[gap.CompetencyCode]
           where offer.Step.FromLevel <= gap.Assessed && gap.Assessed < offer.Step.ToLevel && offer.Course.IsFor(person.PositionCode)
           orderby offer.Step.ToLevel >= gap.Required descending, offer.Step.ToLevel >= gap.Required ? offer.Step.ToLevel : -offer.Step.ToLevel, offer.Course.Code
           select offer.Course,
    ];

    Dictionary<(Guid, string), int> Quotas(IEnumerable<Wish> wishes)
    {
        var candidates = from wish in wishes
                         from course in wish.Courses
                         group wish.Person.Id by (course.Id, course.Code, wish.Region) into people
                         select (people.Key, Heads: people.Distinct().Count());
        return (from course in candidates.GroupBy(pair => (pair.Key.Id, pair.Key.Code))
                let places = basis.PlacesPerCourse is { } limits ? limits.GetValueOrDefault(course.Key.Code) : int.MaxValue
                from share in Quota.Divide(places, [.. course.Select(pair => (pair.Key.Region, pair.Heads))])
                select ((course.Key.Id, share.Region), share.Places)).ToDictionary();
    }

    /// <summary>A course taken for another need, or on a plan frozen before, may close this gap as well.</summary>
    bool Served(Wish wish) => taken.GetValueOrDefault(wish.Person.EmployeeId)?.Exists(course => wish.Courses.Contains(course)) == true;

    bool Fits(PersonAtWork person, KnownCourse course) =>
        taken.GetValueOrDefault(person.EmployeeId) is not { } mine || basis.Limits.Allow([.. mine.Select(other => other.Minutes), course.Minutes]);

    void Take(Wish wish, KnownCourse course)
    {
        if (!taken.TryGetValue(wish.Person.EmployeeId, out var mine)) taken[wish.Person.EmployeeId] = mine = [];
        mine.Add(course);
        var key = (course.Id, wish.Region);
        if (!lines.TryGetValue(key, out var line)) lines[key] = line = (wish.Need.Figures.Priority, []);
        line.Learners.Add(new(wish.Person.EmployeeId, new(wish.Person.EstateId), new(wish.Need.Id)));
    }
}
