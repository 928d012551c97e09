using System.Collections.Immutable;
using Training.Foundation;
using Training.Workforce.Estates;
using Training.Workforce.HrEdge;

namespace Training.Workforce.Rosters;

public record PublishRoster(Guid RosterId, EstateId EstateId, int Revision, DateOnly From, DateOnly To, ImmutableArray<Shift> Shifts);

public static class PublishRosterHandler
{
    /// <summary>A revision holds the whole roster: a higher one replaces, a lower or equal one has been overtaken.</summary>
    public static IRosterFact[] Decide(Roster? roster, PublishRoster command)
    {
        if (roster?.Revision >= command.Revision) return [];
        if (roster is not null && roster.EstateId != command.EstateId) throw new RuleBroken("other-estate", "This roster belongs to another estate.");
        if (command.To < command.From) throw new RuleBroken("ends-before-it-starts", $"The roster ends on {command.To:yyyy-MM-dd}, before {command.From:yyyy-MM-dd}.");
        if (command.Shifts.FirstOrDefault(shift => shift.EndsAt <= shift.StartsAt) is { } backwards)
            throw new RuleBroken("shift-without-length", $"The shift at {backwards.PostCode} from {backwards.StartsAt:yyyy-MM-dd HH:mm} UTC ends before it starts.");
        return [new RosterPublished(command.RosterId, command.EstateId, command.Revision, command.From, command.To, command.Shifts)];
    }
}

/// <summary>Takes over a published roster once everybody in it is known.</summary>
sealed class RosterPublishedConsumer : IHrConsumer
{
    sealed record Data(string RosterId, string OrgUnitId, int Revision, DateOnly PeriodFrom, DateOnly PeriodTo, IReadOnlyList<ShiftData> Shifts);
    sealed record ShiftData(string PostCode, DateTimeOffset StartsAt, DateTimeOffset EndsAt, IReadOnlyList<string> EmploymentIds);

    public IReadOnlyList<string> Types => ["hr.roster.published.v1"];

    public HrWork Read(HrMessage message)
    {
        var data = message.Read<Data>();
        var id = Roster.IdOf(message.Tenant, data.RosterId);
        ImmutableArray<string> employments = [.. data.Shifts.SelectMany(shift => shift.EmploymentIds).Distinct()];

        return new HrWork<Roster>(id, (roster, known) =>
        {
            var people = known.Employees(employments);
            var shifts = data.Shifts.Select(shift => new Shift(
                shift.PostCode, shift.StartsAt.ToUniversalTime(), shift.EndsAt.ToUniversalTime(), [.. shift.EmploymentIds.Select(employment => people[employment])]));
            return PublishRosterHandler.Decide(
                roster, new(id, new(known.Estate(data.OrgUnitId).Id), data.Revision, data.PeriodFrom, data.PeriodTo, [.. shifts]));
        })
        {
            Estates = [data.OrgUnitId],
            Employments = employments,
        };
    }
}
