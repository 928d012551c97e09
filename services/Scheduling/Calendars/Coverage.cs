using System.Collections.Immutable;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;
using Training.Scheduling.Known;

namespace Training.Scheduling.Calendars;

/// <summary>One post in one half hour (F21); <c>At</c> in UTC, <c>Local</c> on the estate's clock.</summary>
public record CoverageSlot(string PostCode, string LicenceType, DateTimeOffset At, string Local, int OnDuty, int Released, int Minimum, bool BelowMinimum);

/// <summary>A day of an estate by post and half hour. Posts without a minimum are left out.</summary>
public record Coverage(Guid EstateId, string EstateCode, DateOnly Date, string TimeZone, bool Rostered, IReadOnlyList<CoverageSlot> Slots)
{
    public static Coverage Of(Guid estateId, DateOnly day, DutyWeek? week, EstateRules rules)
    {
        var window = new Span(day.At(TimeOnly.MinValue, rules.TimeZone), day.AddDays(1).At(TimeOnly.MinValue, rules.TimeZone));
        return new(estateId, rules.EstateCode, day, rules.TimeZone, week is { Rosters.IsEmpty: false },
        [
            .. Manning.Count(week ?? new DutyWeek(), rules, window).OrderBy(slot => slot.Rule.Post, StringComparer.Ordinal).ThenBy(slot => slot.At).Select(slot => new CoverageSlot(
                slot.Rule.Post, slot.Rule.Licence, slot.At, $"{slot.At.In(rules.TimeZone):HH:mm}", slot.OnDuty.Count, slot.Released.Count, slot.Minimum, slot.BelowMinimum)),
        ]);
    }
}

static class GetCoverage
{
    internal static async Task<Ok<Coverage>> Handle(Guid estateId, DateOnly date, Caller caller, Origin origin, IQuerySession query, CancellationToken ct)
    {
        var estate = await query.Must<KnownEstate>(estateId, ct);
        caller.MustReach(estate.Id, estate.Region);
        var week = await query.Events.AggregateStreamAsync<DutyWeek>(DutyWeek.IdOf(origin.Tenant, new(estateId), date.Monday()), token: ct);
        return TypedResults.Ok(Coverage.Of(estateId, date, week, await query.RulesOf(estate, week?.Shifts ?? [], ct)));
    }
}

static class Rules
{
    /// <summary>The estate's minimum manning, with the licences of those on these shifts whose post asks for one.</summary>
    internal static async Task<EstateRules> RulesOf(this IQuerySession query, KnownEstate estate, IEnumerable<DutyShift> shifts, CancellationToken ct)
    {
        var licensed = estate.Posts.Where(rule => rule.Licence != "").Select(rule => rule.Post).ToHashSet();
        Guid[] people = licensed.Count == 0 ? [] : [.. shifts.Where(shift => licensed.Contains(shift.Post)).SelectMany(shift => shift.Employees).Select(employee => employee.Value).Distinct()];
        var known = people.Length == 0 ? [] : await query.LoadManyAsync<KnownEmployee>(ct, people);
        return new(estate.Code, estate.TimeZone, estate.Posts, known.ToImmutableDictionary(employee => new EmployeeId(employee.Id), employee => employee.Licences));
    }
}
