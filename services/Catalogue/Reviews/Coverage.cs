using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Catalogue.Courses;
using Training.Catalogue.Staff;

namespace Training.Catalogue.Reviews;

/// <summary>A step no live course serves, and how many people hold the position.</summary>
public record Hole(string PositionCode, string CompetencyCode, int Level, int Heads);

/// <summary>A course step that starts where the position's requirement already ends; <c>AskedByRoles</c> want it nevertheless.</summary>
public record StepAbove(string CourseCode, string PositionCode, string CompetencyCode, int ToLevel, int Required, IReadOnlyList<string> AskedByRoles);

/// <summary>
/// The curriculum check. A step is one level of one competency for one position, from 2 up to the requirement; it is served when a live course
/// for the position starts below it and reaches it. <c>Share</c> and <c>ShareByHeads</c> are 0–1. What aims above the requirement is
/// over-training, unless a role standard asks for it.
/// </summary>
public record Coverage(
    int Steps, int Served, decimal Share, decimal ShareByHeads, IReadOnlyList<Hole> Holes, IReadOnlyList<StepAbove> OverTraining, IReadOnlyList<StepAbove> ForRoles)
{
    const int FirstTaughtLevel = 2;

    public static Coverage Of(IReadOnlyCollection<KnownStandard> standards, IReadOnlyCollection<Course> courses, IReadOnlyDictionary<string, int> heads)
    {
        var positions = standards.Where(standard => standard.OfPosition).ToDictionary(standard => standard.Code);
        var roles = standards.Where(standard => !standard.OfPosition).ToList();
        var taught = (from course in courses
                      where !course.Retired
                      from share in course.Content.Audience
                      from step in course.Content.Steps
                      select (course.Code, share.PositionCode, Step: step)).ToList();
        var byTarget = taught.ToLookup(offer => (offer.PositionCode, offer.Step.CompetencyCode), offer => offer.Step);

        var steps = (from position in positions.Values
                     from requirement in position.Levels
                     from level in Enumerable.Range(FirstTaughtLevel, Math.Max(0, requirement.Value - FirstTaughtLevel + 1))
                     let isServed = byTarget[(position.Code, requirement.Key)].Any(step => step.FromLevel < level && level <= step.ToLevel)
                     select (Served: isServed, Hole: new Hole(position.Code, requirement.Key, level, heads.GetValueOrDefault(position.Code)))).ToList();
        var above = (from offer in taught
                     where positions.ContainsKey(offer.PositionCode)
                     let required = positions[offer.PositionCode].Levels.GetValueOrDefault(offer.Step.CompetencyCode)
                     where offer.Step.FromLevel >= required
                     orderby offer.Code, offer.PositionCode, offer.Step.CompetencyCode
                     select new StepAbove(offer.Code, offer.PositionCode, offer.Step.CompetencyCode, offer.Step.ToLevel, required,
                         [.. roles.Where(role => role.Levels.GetValueOrDefault(offer.Step.CompetencyCode) >= offer.Step.ToLevel).Select(role => role.Code).Order()])).ToList();

        var served = steps.Where(step => step.Served).ToList();
        return new(
            steps.Count, served.Count, Ratio(served.Count, steps.Count), Ratio(served.Sum(step => step.Hole.Heads), steps.Sum(step => step.Hole.Heads)),
            [.. steps.Where(step => !step.Served).Select(step => step.Hole).OrderByDescending(hole => hole.Heads)
                .ThenBy(hole => (hole.PositionCode, hole.CompetencyCode, hole.Level))],
            [.. above.Where(step => step.AskedByRoles.Count == 0)], [.. above.Where(step => step.AskedByRoles.Count > 0)]);

        static decimal Ratio(int part, int whole) => whole == 0 ? 0 : decimal.Round((decimal)part / whole, 4, MidpointRounding.AwayFromZero);
    }
}

static class GetCoverage
{
    internal static async Task<Ok<Coverage>> Handle(IQuerySession query, CancellationToken ct) => TypedResults.Ok(Coverage.Of(
        await query.Query<KnownStandard>().ToListAsync(ct), await query.Query<Course>().Where(course => !course.Retired).ToListAsync(ct), await query.Heads(ct)));
}
