using Training.Foundation;

namespace Training.Catalogue.Courses;

public readonly record struct CourseId(Guid Value) : IId<CourseId> { public static CourseId From(Guid value) => new(value); }

/// <summary>S service awareness, K professional skills, P process optimisation.</summary>
public enum Module { S, K, P }

public enum Mode { ILT, Blended, OJT, Workshop, Event, Drill, External, ELearning }

/// <summary>Who can teach it: I1 junior, I2 intermediate, I3 senior, OJT coach, X1–X3 external price bands; E needs nobody.</summary>
public enum Grade { I1, I2, I3, OJT, X1, X2, X3, E }

/// <summary>Lifts a competency from one level to another, 0–5.</summary>
public record CompetencyStep(string CompetencyCode, int FromLevel, int ToLevel);

/// <param name="PositionCode">Whom the course is meant for.</param>
/// <param name="PerYear">How often a year one of them needs it: 0.3 is three in ten, 2 is twice each.</param>
public record AudienceShare(string PositionCode, decimal PerYear);

public interface ICourseFact : IFact;
public record CoursePublished(CourseId CourseId, string Code, int Version, CourseContent Content, DateTimeOffset At) : ICourseFact;
public record CourseRetired(CourseId CourseId, DateTimeOffset At) : ICourseFact;

/// <summary>A designed learning unit in its newest version.</summary>
public partial record Course(Guid Id, string Code, int Version, CourseContent Content, bool Retired)
{
    public static Course Create(CoursePublished e) => new(e.CourseId.Value, e.Code, e.Version, e.Content, false);
    public Course Apply(CoursePublished e) => this with { Version = e.Version, Content = e.Content };
    public Course Apply(CourseRetired _) => this with { Retired = true };
}
