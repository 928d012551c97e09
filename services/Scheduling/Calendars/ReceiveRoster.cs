using System.Collections.Immutable;
using Marten;
using MassTransit;
using Training.Contracts.Workforce.V1;
using Training.Foundation;
using Training.Scheduling.Known;

namespace Training.Scheduling.Calendars;

public record ReceiveRoster(EstateId EstateId, DateOnly Monday, Guid RosterId, int Revision, ImmutableArray<DutyShift> Shifts, EstateRules Rules);

public static class ReceiveRosterHandler
{
    /// <summary>A session that the new shifts no longer bear stays booked, and is named.</summary>
    public static IDutyWeekFact[] Decide(DutyWeek? week, ReceiveRoster command)
    {
        var known = week?.Rosters.GetValueOrDefault(command.RosterId);
        if (known?.Revision >= command.Revision || (known is null && command.Shifts.IsEmpty)) return [];
        var rostered = new WeekRostered(command.EstateId, command.Monday, command.RosterId, command.Revision, command.Shifts);
        if (week is null || week.Bookings.IsEmpty) return [rostered];

        var after = week.Apply(rostered);
        var endangered =
            from booking in after.Bookings
            let short_ = Manning.Count(after, command.Rules, booking.Value.Away)
                .FirstOrDefault(slot => slot.BelowMinimum && slot.Released.Overlaps(booking.Value.Employees))
            where short_ is not null
            orderby booking.Key.Value
            select new BookingEndangered(booking.Key, BookStaffHandler.Words(short_, command.Rules));
        return [rostered, .. endangered];
    }
}

/// <summary>Cuts a roster into the weeks it touches; a night shift over a Sunday's midnight belongs to both.</summary>
sealed class RosterConsumer(IDocumentSession session, Origin origin) : IConsumer<RosterPublished>
{
    public async Task Consume(ConsumeContext<RosterPublished> context)
    {
        var (message, ct) = (context.Message, context.CancellationToken);
        var estate = await session.Must<KnownEstate>(message.EstateId, ct);
        ImmutableArray<DutyShift> shifts = [.. message.Shifts.Select(shift =>
            new DutyShift(shift.PostCode, shift.StartsAt, shift.EndsAt, [.. shift.EmployeeIds.Select(id => new EmployeeId(id))]))];

        var desk = new Desk(session);
        // The weeks before and after may hold what an earlier revision put there.
        for (var monday = message.From.Monday().AddDays(-7); monday <= message.To.Monday().AddDays(7); monday = monday.AddDays(7))
        {
            var week = new Span(monday.At(TimeOnly.MinValue, estate.TimeZone), monday.AddDays(7).At(TimeOnly.MinValue, estate.TimeZone));
            ImmutableArray<DutyShift> part = [.. shifts.Where(shift => shift.From < week.To && week.From < shift.To)
                .Select(shift => shift with { From = shift.From < week.From ? week.From : shift.From, To = shift.To > week.To ? week.To : shift.To })];
            var id = DutyWeek.IdOf(origin.Tenant, new(estate.Id), monday);
            if (part.IsEmpty && message.Revision <= 1) continue;

            // Two rosters may share a week, so licences of those on the other one count too.
            var others = (await desk.Read<DutyWeek>(id, ct))?.Shifts ?? [];
            var command = new ReceiveRoster(new(estate.Id), monday, message.RosterId, message.Revision, part, await session.RulesOf(estate, [.. part, .. others], ct));
            await desk.Write<DutyWeek>(id, state => ReceiveRosterHandler.Decide(state, command), ct);
        }
        desk.Append();
    }
}
