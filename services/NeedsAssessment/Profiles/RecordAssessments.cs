using System.Collections.Immutable;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;
using Training.NeedsAssessment.Standards;

namespace Training.NeedsAssessment.Profiles;

/// <param name="Cycle">What belongs together, such as 2026Q4.</param>
/// <param name="Source">How it was found.</param>
/// <param name="Assessor">By number or id.</param>
/// <param name="Ratings">Level 0–5 by competency.</param>
/// <param name="At">When it was found.</param>
/// <param name="Now">When it is recorded.</param>
public record RecordRatings(string Cycle, RatingSource Source, string Assessor, ImmutableArray<KeyValuePair<string, int>> Ratings, DateTimeOffset At, DateTimeOffset Now);

public static class RecordAssessmentsHandler
{
    /// <summary>Clocks differ, and so do the days of the world; a date far ahead would make everything later come too late.</summary>
    static readonly TimeSpan farthestAhead = TimeSpan.FromDays(1);

    /// <summary>What was said before about this competency counts no more once a later cycle has spoken; ratings of an earlier cycle are then left out.</summary>
    public static IProfileFact[] Decide(CompetencyProfile profile, EffectiveStandard standard, RatingWeights weights, RecordRatings command)
    {
        if (command.Ratings.FirstOrDefault(rating => rating.Value is < 0 or > 5) is { Key: { } odd })
            throw new RuleBroken("level-out-of-range", $"{odd}: a level lies between 0 and 5.");
        Length.AtMost(Length.OfCode, [command.Cycle, command.Assessor, .. command.Ratings.Select(rating => rating.Key)]);
        if (command.At > command.Now + farthestAhead) throw new RuleBroken("assessed-in-future", "What is still to come can't have been assessed; check the date.");

        ImmutableArray<Rated> rated =
        [
            .. from rating in command.Ratings.OrderBy(rating => rating.Key, StringComparer.Ordinal)
               let known = profile.Assessments.GetValueOrDefault(rating.Key)
               let mine = new Rating(command.Source, command.Assessor, rating.Value)
               where !ComesTooLate(profile, command, rating.Key) && !(known?.Cycle == command.Cycle && known.Ratings.Contains(mine))
               select new Rated(rating.Key, rating.Value, weights.Median(profile.RatingsWith(command.Cycle, rating.Key, mine))),
        ];
        if (rated.IsEmpty) return [];

        var recorded = new RatingsRecorded(command.Cycle, command.Source, command.Assessor, rated, command.At);
        var measured = MeasureGaps.Decide(profile.Apply(recorded), standard, command.At);
        // Tests passed since may count from here on.
        return [recorded, .. measured, .. RaiseLevelsHandler.Take(profile.Apply(recorded).With(measured), standard, [], command.At).Facts];
    }

    /// <summary>Competencies about which a later cycle has spoken.</summary>
    public static IReadOnlyList<string> LeftOut(CompetencyProfile profile, RecordRatings command) =>
        [.. command.Ratings.Select(rating => rating.Key).Where(code => ComesTooLate(profile, command, code)).Order(StringComparer.Ordinal)];

    static bool ComesTooLate(CompetencyProfile profile, RecordRatings command, string competency) =>
        profile.Assessments.GetValueOrDefault(competency) is { } known && known.Cycle != command.Cycle && known.At > command.At;

    public record Body(string Cycle, RatingSource Source, string Assessor, DateTimeOffset At, ImmutableArray<Person> People);
    public record Person(Guid EmployeeId, IReadOnlyDictionary<string, int> Ratings);
    /// <summary>Ratings that count no more, because a later one is known.</summary>
    public record Late(Guid EmployeeId, IReadOnlyList<string> CompetencyCodes);
    public record Answer(int People, int Changed, IReadOnlyList<Late> LeftOut);

    internal static async Task<Ok<Answer>> Handle(
        Body body, Caller caller, Origin origin, IDocumentSession session, RatingWeights weights, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var people = body.People.GroupBy(person => CompetencyProfile.IdOf(origin.Tenant, person.EmployeeId)).ToDictionary(
            same => same.Key, same => same.Aggregate((_, _) => throw new RuleBroken("employee-twice", $"Employee {same.First().EmployeeId} is rated twice in one request.")));
        var (standards, estates) = (await StandardBook.Load(session, ct), await KnownEstates.Load(session, ct));
        List<Guid> unknown = [];
        List<Late> late = [];
        var changed = 0;

        await session.StartMany<CompetencyProfile>(people.Keys, (id, profile) =>
        {
            if (profile is null)
            {
                unknown.Add(people[id].EmployeeId);
                return [];
            }
            caller.MustReach(profile.EstateId, estates.RegionOf(profile.EstateId));
            var command = new RecordRatings(body.Cycle, body.Source, body.Assessor, [.. people[id].Ratings], body.At, now);
            var facts = Decide(profile, standards.For(profile.PositionCode, profile.Roles), weights, command);
            changed += facts.Length > 0 ? 1 : 0;
            if (LeftOut(profile, command) is { Count: > 0 } codes) late.Add(new(people[id].EmployeeId, codes));
            return facts;
        }, ct);

        if (unknown.Count > 0) throw new RuleBroken("unknown-employees", $"Not known here: {string.Join(", ", unknown.Order())}. Nothing was recorded.");
        await session.SaveChangesAsync(ct);
        return TypedResults.Ok(new Answer(people.Count, changed, late));
    }
}
