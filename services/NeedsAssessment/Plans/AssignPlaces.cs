using System.Collections.Immutable;
using Training.Foundation;
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
/// <param name="Profiles">People at work.</param>
/// <param name="Estates">Where they work.</param>
/// <param name="Courses">What is on offer.</param>
/// <param name="PlacesPerCourse">Places by course code; null for as many as are wanted, of every course.</param>
/// <param name="Placed">Who is on a frozen plan of the quarter already, with the course.</param>
/// <param name="Limits">What one person may be asked for.</param>
public sealed record PlanningBasis(
    IReadOnlyCollection<TrainingNeed> Needs, IReadOnlyCollection<CompetencyProfile> Profiles, KnownEstates Estates, IReadOnlyCollection<KnownCourse> Courses,
    IReadOnlyDictionary<string, int>? PlacesPerCourse, IReadOnlySet<(EmployeeId, CourseId)> Placed, PlanningLimits Limits);

/// <summary>
/// Gives places to people with open gaps, most urgent need first, largest gap first. The places of a course are divided over the regions by the
/// people there whom it fits. For each gap the courses are tried in order: the one that just reaches the requirement, then the one that lifts highest.
/// </summary>
public sealed class AssignPlaces
{
    sealed record Wish(TrainingNeed Need, CompetencyProfile Person, string Region, IReadOnlyList<KnownCourse> Courses);

    readonly PlanningBasis basis;
    readonly ILookup<string, (KnownCourse Course, Step Step)> offers;
    readonly Dictionary<Guid, List<KnownCourse>> taken = [];
    readonly Dictionary<(Guid Course, string Region), (decimal Priority, List<PlannedLearner> Learners)> lines = [];

    AssignPlaces(PlanningBasis basis)
    {
        this.basis = basis;
        offers = (from course in basis.Courses
                  where course.Live && course.HasPlaces && basis.PlacesPerCourse?.GetValueOrDefault(course.Code) is null or > 0
                  from step in course.Steps
                  select (course, step)).ToLookup(offer => offer.step.CompetencyCode);
    }

    public static ImmutableArray<PlanLine> Of(PlanId plan, PlanningBasis basis) => new AssignPlaces(basis).Lines(plan);

    ImmutableArray<PlanLine> Lines(PlanId plan)
    {
        Wish[] wishes = [.. Wishes()];
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
        var holders = basis.Profiles.ToLookup(profile => (profile.PositionCode, Region: basis.Estates.RegionOf(profile.EstateId)));
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

    IReadOnlyList<KnownCourse> Fitting(CompetencyProfile person, Gap gap) =>
    [
        .. from offer in offers[gap.CompetencyCode]
           where offer.Step.FromLevel <= gap.Assessed && gap.Assessed < offer.Step.ToLevel && offer.Course.IsFor(person.PositionCode)
                 && !basis.Placed.Contains((person.EmployeeId, new(offer.Course.Id)))
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
                from share in Divide(places, [.. course.Select(pair => (pair.Key.Region, pair.Heads))])
                select ((course.Key.Id, share.Region), share.Places)).ToDictionary();
    }

    /// <summary>Largest remainder; nobody gets more places than heads.</summary>
    public static IEnumerable<(string Region, int Places)> Divide(int places, IReadOnlyCollection<(string Region, int Heads)> candidates)
    {
        var heads = candidates.Sum(candidate => candidate.Heads);
        if (places >= heads) return candidates;

        var shares = candidates.Select(candidate => (candidate.Region, Share: (decimal)places * candidate.Heads / heads)).ToList();
        var left = places - shares.Sum(share => (int)share.Share);
        return shares.OrderByDescending(share => share.Share - (int)share.Share).ThenBy(share => share.Region, StringComparer.Ordinal)
            .Select((share, rank) => (share.Region, (int)share.Share + (rank < left ? 1 : 0)));
    }

    /// <summary>A course taken for another need may close this gap as well.</summary>
    bool Served(Wish wish) => taken.GetValueOrDefault(wish.Person.Id)?.Exists(course => wish.Courses.Contains(course)) == true;

    bool Fits(CompetencyProfile person, KnownCourse course) =>
        taken.GetValueOrDefault(person.Id) is not { } mine
        || (mine.Count < basis.Limits.CoursesPerPerson && mine.Sum(other => other.Minutes) + course.Minutes <= basis.Limits.MinutesPerPerson);

    void Take(Wish wish, KnownCourse course)
    {
        if (!taken.TryGetValue(wish.Person.Id, out var mine)) taken[wish.Person.Id] = mine = [];
        mine.Add(course);
        var key = (course.Id, wish.Region);
        if (!lines.TryGetValue(key, out var line)) lines[key] = line = (wish.Need.Figures.Priority, []);
        line.Learners.Add(new(wish.Person.EmployeeId, new(wish.Person.EstateId), new(wish.Need.Id)));
    }
}
