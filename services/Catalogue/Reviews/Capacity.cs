using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Catalogue.Courses;
using Training.Catalogue.Staff;
using Training.Catalogue.Trainers;
using Training.Foundation;

namespace Training.Catalogue.Reviews;

/// <summary>Section <c>Capacity</c> of the settings: share of seats usually filled, and what an outside teaching hour costs.</summary>
public record CapacityRules
{
    public decimal Fill { get; init; } = 0.85m;
    public decimal BuyInPerHour { get; init; } = 1_350;
    public string Currency { get; init; } = "CNY";
}

/// <summary>What a live course demands in a year; hours of teaching.</summary>
public record CourseDemand(string CourseCode, Grade Grade, int Learners, int Sessions, decimal Hours)
{
    /// <summary>
    /// People of each position are whole (half to even, as the audience was planned), sessions are filled to the usual share of their seats
    /// and rounded up. E-learning has no sessions.
    /// </summary>
    public static CourseDemand Of(Course course, IReadOnlyDictionary<string, int> heads, decimal fill)
    {
        var content = course.Content;
        var learners = content.Audience.Sum(share => (int)decimal.Round(share.PerYear * heads.GetValueOrDefault(share.PositionCode), MidpointRounding.ToEven));
        var sessions = content.Mode == Mode.ELearning ? 0 : (int)decimal.Ceiling(learners / (fill * content.MaxLearners));
        return new(course.Code, content.TrainerGrade, learners, sessions, sessions * content.Minutes / 60m);
    }
}

/// <summary>F16 for one grade: load is demanded by available hours, 0 when none are agreed. Outside bands are bought by the hour and never short.</summary>
public record GradeCapacity(Grade Grade, int Trainers, decimal AvailableHours, decimal DemandedHours, decimal Load, decimal ShortageHours, decimal BuyInCost);

/// <summary>The capacity review: a year's teaching hours by grade, and what buying the missing ones in costs, in <c>Currency</c>.</summary>
public record Capacity(IReadOnlyList<GradeCapacity> Grades, decimal ShortageHours, decimal BuyInCost, string Currency, IReadOnlyList<CourseDemand> Courses)
{
    public static Capacity Of(
        IEnumerable<Course> courses, IReadOnlyCollection<Trainer> trainers, IReadOnlyDictionary<string, int> heads, CapacityRules rules)
    {
        var demands = courses.Where(course => !course.Retired).OrderBy(course => course.Code, StringComparer.Ordinal)
            .Select(course => CourseDemand.Of(course, heads, rules.Fill)).ToList();
        var grades = Enum.GetValues<Grade>().Where(grade => grade != Grade.E).Select(grade => ForGrade(grade)).ToList();
        return new(grades, grades.Sum(grade => grade.ShortageHours), grades.Sum(grade => grade.BuyInCost), rules.Currency, demands);

        GradeCapacity ForGrade(Grade grade)
        {
            var active = trainers.Where(trainer => !trainer.Departed && trainer.Profile.Grade == grade).ToList();
            var (available, demanded) = (active.Sum(trainer => trainer.Profile.HoursPerYear), demands.Where(demand => demand.Grade == grade).Sum(demand => demand.Hours));
            var missing = grade is Grade.X1 or Grade.X2 or Grade.X3 ? 0 : Math.Max(0, demanded - available);
            return new(grade, active.Count, available, demanded, available == 0 ? 0 : decimal.Round(demanded / available, 4, MidpointRounding.AwayFromZero), missing,
                (new Money(missing, rules.Currency) * rules.BuyInPerHour).Rounded().Amount);
        }
    }
}

static class GetCapacity
{
    internal static async Task<Ok<Capacity>> Handle(IQuerySession query, IConfiguration settings, CancellationToken ct) => TypedResults.Ok(Capacity.Of(
        await query.Query<Course>().Where(course => !course.Retired).ToListAsync(ct), await query.Query<Trainer>().Where(trainer => !trainer.Departed).ToListAsync(ct),
        await query.Heads(ct), settings.GetSection("Capacity").Get<CapacityRules>() ?? new()));
}
