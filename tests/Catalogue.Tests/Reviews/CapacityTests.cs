using Training.Catalogue.Courses;
using Training.Catalogue.Reviews;
using Training.Catalogue.Trainers;
using static Training.Catalogue.Tests.CatalogueFacts;

namespace Training.Catalogue.Tests.Reviews;

public class CapacityTests
{
    static readonly ReferenceGroup Group = ReferenceGroup.Load();

    static Capacity Review() => Capacity.Of(Group.Published(), Group.Faculty(), Group.Heads, new());

    [Fact]
    public void Places_and_sessions_of_every_reference_course_come_out()
    {
        var demands = Review().Courses.ToDictionary(demand => demand.CourseCode);

        Assert.Equal(60, demands.Count);
        Assert.All(Group.Courses, line => Assert.Equal((line.Code, line.Learners, line.Sessions), (line.Code, demands[line.Code].Learners, demands[line.Code].Sessions)));
    }

    [Theory]
    [InlineData(Grade.I1, 1_258, 1_352, 0.9305, 0)]
    [InlineData(Grade.I2, 2_011, 2_112, 0.9522, 0)]
    [InlineData(Grade.I3, 941, 800, 1.1763, 141)]
    [InlineData(Grade.OJT, 3_204, 3_640, 0.8802, 0)]
    public void The_load_of_every_internal_grade_comes_out(Grade grade, decimal demanded, decimal available, decimal load, decimal shortage)
    {
        var row = Review().Grades.Single(row => row.Grade == grade);

        Assert.Equal((demanded, available, load, shortage), (row.DemandedHours, row.AvailableHours, row.Load, row.ShortageHours));
        Assert.Equal(Group.Trainers.Single(line => line.Grade == grade).Heads, row.Trainers);
    }

    [Fact]
    public void Missing_hours_are_bought_in_at_the_outside_price()
    {
        var capacity = Review();

        Assert.Equal((141m, 190_350m, "CNY"), (capacity.ShortageHours, capacity.BuyInCost, capacity.Currency));
        Assert.Equal(141_000m, Capacity.Of(Group.Published(), Group.Faculty(), Group.Heads, new() { BuyInPerHour = 1_000 }).BuyInCost);
    }

    [Fact]
    public void Outside_bands_are_demanded_but_never_short() =>
        Assert.Equal([(Grade.X1, 1_098m, 0m), (Grade.X2, 540m, 0m), (Grade.X3, 532m, 0m)],
            Review().Grades.Where(row => row.Grade is Grade.X1 or Grade.X2 or Grade.X3).Select(row => (row.Grade, row.DemandedHours, row.ShortageHours)));

    [Fact]
    public void Who_left_teaches_no_hours_and_retired_courses_demand_none()
    {
        var (trainer, course) = (Given<Trainer>.That(Registered()).State, Course("S04", Content with { TrainerGrade = Grade.I2 }));
        var heads = new Dictionary<string, int> { ["SEC"] = 100 };

        var before = Capacity.Of([course], [trainer], heads, new()).Grades.Single(row => row.Grade == Grade.I2);
        Assert.Equal((1, 48m, 32m), (before.Trainers, before.AvailableHours, before.DemandedHours));
        var after = Capacity.Of([course with { Retired = true }], [trainer with { Departed = true }], heads, new()).Grades.Single(row => row.Grade == Grade.I2);
        Assert.Equal((0, 0m, 0m, 0m), (after.Trainers, after.AvailableHours, after.DemandedHours, after.Load));
    }
}
