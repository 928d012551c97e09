using System.Collections.Immutable;
using Marten;
using Training.NeedsAssessment.Standards;

namespace Training.NeedsAssessment.Profiles;

/// <summary>What is asked of everybody at once: a profile without its ratings, which are most of it.</summary>
public record PersonAtWork
{
    public required Guid Id { get; init; }
    public required EmployeeId EmployeeId { get; init; }
    public required Guid EstateId { get; init; }
    public required string PositionCode { get; init; }
    public required ImmutableArray<string> Roles { get; init; }
    public required ImmutableArray<StandardVersion> Standards { get; init; }
    public required ImmutableDictionary<string, Gap> Gaps { get; init; }
    public required int GapsClosedByTraining { get; init; }
}

static class PeopleAtWork
{
    internal static IQueryable<PersonAtWork> AtWork(this IQueryable<CompetencyProfile> profiles) => profiles.Where(profile => profile.Active).Select(profile => new PersonAtWork
    {
        Id = profile.Id, EmployeeId = profile.EmployeeId, EstateId = profile.EstateId, PositionCode = profile.PositionCode, Roles = profile.Roles,
        Standards = profile.Standards, Gaps = profile.Gaps, GapsClosedByTraining = profile.GapsClosedByTraining,
    });

    /// <summary>
    /// Everyone at work, measured by the current standards. Someone hired in the very moment a standard changed may stand on the edition
    /// before; they are measured and committed first.
    /// </summary>
    internal static async Task<IReadOnlyList<PersonAtWork>> CurrentPeople(this IDocumentSession session, DateTimeOffset at, CancellationToken ct)
    {
        var standards = await StandardBook.Load(session, ct);
        var people = await session.Query<CompetencyProfile>().AtWork().ToListAsync(ct);
        Guid[] stale = [.. people.Where(person => !person.Standards.SequenceEqual(standards.For(person.PositionCode, person.Roles).Versions)).Select(person => person.Id)];
        if (stale.Length == 0) return people;

        await session.MeasureAgain(stale, at, ct);
        await session.SaveChangesAsync(ct);
        return await session.Query<CompetencyProfile>().AtWork().ToListAsync(ct);
    }
}
