using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;

namespace Training.Catalogue.Courses;

public enum CourseState { Live, Retired }

/// <summary>A course as the curriculum shows it; costs in <c>Currency</c>, validity in months (0 for ever), audience as needs per head and year.</summary>
public record CourseCard(
    Guid Id, string Code, string Title, string TitleEnglish, Module Module, Mode Mode, int Minutes, int MinLearners, int MaxLearners, Grade TrainerGrade,
    int Version, CourseState State, IReadOnlyList<CompetencyStep> Steps, IReadOnlyDictionary<string, decimal> Audience, IReadOnlyList<Guid> Prerequisites,
    int ValidityMonths, string FundCategory, IReadOnlyList<string> Equipment, decimal CostPerRun, decimal CostPerLearner, string Currency)
{
    public static CourseCard Of(Course course)
    {
        var content = course.Content;
        return new(
            course.Id, course.Code, content.Title, content.TitleEnglish, content.Module, content.Mode, content.Minutes, content.MinLearners, content.MaxLearners,
            content.TrainerGrade, course.Version, course.Retired ? CourseState.Retired : CourseState.Live, content.Steps,
            content.Audience.ToDictionary(share => share.PositionCode, share => share.PerYear), [.. content.Prerequisites.Select(id => id.Value)],
            content.ValidityMonths, content.FundCategory, content.Equipment, content.CostPerRun.Amount, content.CostPerLearner.Amount, content.CostPerRun.Currency);
    }
}

static class GetCourse
{
    internal static async Task<Ok<CourseCard>> Handle(Guid courseId, IQuerySession query, CancellationToken ct) =>
        TypedResults.Ok(CourseCard.Of(await query.LoadAsync<Course>(courseId, ct) ?? throw new Missing("Course", courseId)));
}

static class ListCourses
{
    internal static async Task<Ok<Page<CourseCard>>> Handle(CourseState? state, int? skip, int? take, IQuerySession query, CancellationToken ct)
    {
        IQueryable<Course> courses = query.Query<Course>();
        if (state is { } wanted) courses = courses.Where(course => course.Retired == (wanted == CourseState.Retired));
        return TypedResults.Ok(await courses.OrderBy(course => course.Code).Page(CourseCard.Of, skip, take, ct));
    }
}
