using CsCheck;
using Training.Foundation;
using Training.NeedsAssessment.Needs;
using Training.NeedsAssessment.Plans;
using Training.NeedsAssessment.Profiles;
using static Training.NeedsAssessment.Tests.ProfileFacts;

namespace Training.NeedsAssessment.Tests.Plans;

public class AssignPlacesTests
{
    static readonly PlanId Plan = new(Guid.CreateVersion7());
    static readonly KnownEstates Estates = new([new(Estate.Value, "EST-01", "HZ", 186), new(OtherEstate.Value, "EST-09", "SH", 132)]);

    static PersonAtWork Guard(int number, EstateId estate, params Gap[] gaps) => AtWork(new(DerivedId.Of("guard", $"{number}")), estate, gaps);

    static TrainingNeed Need(string competency, string region, decimal priority) => Given<TrainingNeed>.That(new NeedIdentified(
        new(DerivedId.Of(competency, region)), new(competency, "SEC", region), new(1, 1, 1, 1, 1, priority, [], []), Now)).State with { Id = DerivedId.Of(competency, region) };

    static KnownCourse Course(string code, string competency, int from, int to, string mode = "ILT", int minutes = 240, params string[] audience) =>
        new(DerivedId.Of("course", code), code, mode, minutes, [new(competency, from, to)], [.. audience], Live: true);

    static PlanningBasis Basis(TrainingNeed[] needs, PersonAtWork[] people, params KnownCourse[] courses) =>
        new(needs, people, Estates, courses, null, new HashSet<(EmployeeId, CourseId)>(), new());

    static IEnumerable<(string Course, string Region, int Places)> Lines(PlanningBasis basis) =>
        AssignPlaces.Of(Plan, basis).Select(line => (line.CourseCode, line.Region, line.Learners.Length));

    static readonly TrainingNeed[] C13Needs = [Need("C13", "HZ", 2), Need("C13", "SH", 1)];

    [Fact]
    public void People_with_the_gap_get_a_course_that_fits_their_level()
    {
        PersonAtWork[] people = [Guard(1, Estate, GapOf(C13, 3)), Guard(2, Estate, GapOf(C13, 0)), Guard(3, OtherEstate, GapOf(C13, 3)), Guard(4, Estate)];
        Assert.Equal([("K05", "HZ", 1), ("K05", "SH", 1)], Lines(Basis(C13Needs, people, Course("K05", "C13", 3, 4))));
    }

    [Theory]
    [InlineData("K1:0>2 K2:0>3 K3:0>4 K4:0>5", "K3")]
    [InlineData("K1:0>2 K2:0>3", "K2")]
    [InlineData("K2:0>4 K1:0>4", "K1")]
    [InlineData("K1:1>4 K2:0>1", "K2")]
    public void The_course_that_just_reaches_the_requirement_is_preferred(string courses, string chosen)
    {
        KnownCourse[] offered = [.. courses.Split(' ').Select(text => Course(text[..2], "C13", text[3] - '0', text[5] - '0'))];
        Assert.Equal([(chosen, "HZ", 1)], Lines(Basis(C13Needs, [Guard(1, Estate, GapOf(C13, 0))], offered)));
    }

    [Fact]
    public void Elearning_foreign_audiences_and_retired_courses_are_left_out() =>
        Assert.Empty(Lines(Basis(C13Needs, [Guard(1, Estate, GapOf(C13, 3))],
            Course("S12", "C13", 3, 4, "ELearning"), Course("K1", "C13", 3, 4, audience: "CLN"), Course("K2", "C13", 3, 4) with { Live = false })));

    [Fact]
    public void Courses_not_named_are_left_out_when_places_are_given() =>
        Assert.Equal([("K06", "HZ", 1)], Lines(Basis(C13Needs, [Guard(1, Estate, GapOf(C13, 3))], Course("K05", "C13", 3, 4), Course("K06", "C13", 3, 4))
            with { PlacesPerCourse = new Dictionary<string, int> { ["K06"] = 5 } }));

    [Fact]
    public void Places_are_divided_over_regions_and_the_largest_gaps_come_first()
    {
        PersonAtWork[] people =
        [
            .. Enumerable.Range(1, 6).Select(i => Guard(i, Estate, GapOf(C13, i == 6 ? 1 : 2))), .. Enumerable.Range(7, 3).Select(i => Guard(i, OtherEstate, GapOf(C13, 2))),
        ];
        var lines = AssignPlaces.Of(Plan, Basis(C13Needs, people, Course("K05", "C13", 0, 4)) with { PlacesPerCourse = new Dictionary<string, int> { ["K05"] = 3 } });

        Assert.Equal([("HZ", 2), ("SH", 1)], lines.Select(line => (line.Region, line.Learners.Length)));
        Assert.Equal(people[5].EmployeeId, lines[0].Learners[0].EmployeeId);
    }

    [Fact]
    public void When_the_best_course_is_full_the_next_takes_the_rest() =>
        Assert.Equal([("K05", "HZ", 1), ("K06", "HZ", 2)], Lines(Basis(
            C13Needs, [.. Enumerable.Range(1, 3).Select(i => Guard(i, Estate, GapOf(C13, 3)))], Course("K05", "C13", 3, 4), Course("K06", "C13", 3, 5))
            with { PlacesPerCourse = new Dictionary<string, int> { ["K05"] = 1, ["K06"] = 5 } }));

    [Fact]
    public void Nobody_attends_more_than_two_courses_or_one_twice()
    {
        TrainingNeed[] needs = [Need("C13", "HZ", 3), Need("C14", "HZ", 2), Need("C21", "HZ", 1)];
        var basis = Basis(needs, [Guard(1, Estate, GapOf(C13, 0), GapOf(C14, 0), GapOf(C21, 0))], Course("K1", "C13", 0, 4), Course("K2", "C14", 0, 4), Course("K3", "C21", 0, 5));

        Assert.Equal([("K1", "HZ", 1), ("K2", "HZ", 1)], Lines(basis));
        Assert.Equal([("K1", "HZ", 1)], Lines(basis with { Limits = new() { MinutesPerPerson = 300 } }));
    }

    [Fact]
    public void Plans_frozen_before_count_towards_what_one_person_may_be_asked_for()
    {
        TrainingNeed[] needs = [Need("C13", "HZ", 3), Need("C14", "HZ", 2), Need("C21", "HZ", 1)];
        var basis = Basis(needs, [Guard(1, Estate, GapOf(C13, 0), GapOf(C14, 0), GapOf(C21, 0))], Course("K1", "C13", 0, 4), Course("K2", "C14", 0, 4), Course("K3", "C21", 0, 5));

        Assert.Equal([("K2", "HZ", 1)], Lines(basis with { Placed = Placed("K1") }));
        Assert.Empty(Lines(basis with { Placed = Placed("K1", "K2") }));
        Assert.Empty(Lines(basis with { Placed = Placed("K1"), Limits = new() { MinutesPerPerson = 300 } }));
        KnownCourse[] retired = [.. basis.Courses.Select(course => course.Code == "K1" ? course with { Live = false } : course)];
        Assert.Equal([("K2", "HZ", 1)], Lines(basis with { Placed = Placed("K1"), Courses = retired, Needs = needs[1..] }));
    }

    [Fact]
    public void What_a_frozen_plan_closes_is_not_planned_again_and_takes_no_quota()
    {
        PersonAtWork[] people = [Guard(1, Estate, GapOf(C13, 0)), Guard(2, OtherEstate, GapOf(C13, 0))];
        var basis = Basis(C13Needs, people, Course("K1", "C13", 0, 4), Course("K2", "C13", 0, 5)) with { PlacesPerCourse = new Dictionary<string, int> { ["K1"] = 0, ["K2"] = 1 } };

        Assert.Equal([("K2", "SH", 1)], Lines(basis with { Placed = Placed("K2") }));
    }

    static HashSet<(EmployeeId, CourseId)> Placed(params IEnumerable<string> courses) =>
        [.. courses.Select(code => (new EmployeeId(DerivedId.Of("guard", "1")), new CourseId(DerivedId.Of("course", code))))];

    [Fact]
    public void One_course_may_close_two_gaps()
    {
        var both = Course("S01", "C13", 0, 4) with { Steps = [new("C13", 0, 4), new("C14", 0, 4)] };
        Assert.Equal([("S01", "HZ", 1)], Lines(Basis([Need("C13", "HZ", 2), Need("C14", "HZ", 1)], [Guard(1, Estate, GapOf(C13, 0), GapOf(C14, 0))], both)));
    }

    [Fact]
    public void Dividing_gives_out_all_places_and_never_more_than_heads() => Gen.Select(Gen.Int[0, 200], Gen.Int[1, 60].Array[1, 6]).Sample((places, heads) =>
    {
        (string, int)[] regions = [.. heads.Select((count, index) => ($"R{index}", count))];
        var shares = Quota.Divide(places, regions).ToDictionary(share => share.Region, share => share.Places);
        Assert.Equal(Math.Min(places, heads.Sum()), shares.Values.Sum());
        Assert.All(regions, region => Assert.InRange(shares[region.Item1], 0, region.Item2));
    });
}
