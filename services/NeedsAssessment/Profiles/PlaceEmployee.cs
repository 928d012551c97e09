using Marten;
using MassTransit;
using Training.Contracts.Workforce.V1;
using Training.Foundation;
using Training.NeedsAssessment.Standards;

namespace Training.NeedsAssessment.Profiles;

public record PlaceEmployee(EmployeeId EmployeeId, EstateId EstateId, string PositionCode, DateOnly On, DateTimeOffset At);

public static class PlaceEmployeeHandler
{
    public static IProfileFact[] Decide(CompetencyProfile? profile, StandardBook standards, PlaceEmployee command)
    {
        var (facts, placed) = Place(profile, command);
        return [.. facts, .. MeasureGaps.Decide(placed, standards.For(placed.PositionCode, placed.Roles), command.At)];
    }

    static (IProfileFact[] Facts, CompetencyProfile Placed) Place(CompetencyProfile? profile, PlaceEmployee command)
    {
        if (profile is null)
        {
            var opened = new ProfileOpened(command.EmployeeId, command.EstateId, command.PositionCode, command.On);
            return ([opened], CompetencyProfile.Create(opened));
        }
        if (!profile.Active)
        {
            var reopened = new ProfileReopened(command.EstateId, command.PositionCode, command.On);
            return ([reopened], profile.Apply(reopened));
        }
        if (profile.EstateId == command.EstateId.Value && profile.PositionCode == command.PositionCode) return ([], profile);

        var changed = new PositionChanged(command.EstateId, command.PositionCode, command.On);
        return ([changed], profile.Apply(changed));
    }
}

public static class CloseProfileHandler
{
    public static IProfileFact[] Decide(CompetencyProfile? profile, DateOnly lastWorkingDay) =>
        profile is { Active: true } ? [new ProfileClosed(lastWorkingDay)] : [];
}

/// <summary>Follows people through the group. One consumer for all four, so that each person's messages keep their order.</summary>
[InBatches]
sealed class EmployeeConsumer(IDocumentSession session, Origin origin, TimeProvider clock)
    : IConsumer<EmployeeHired>, IConsumer<EmployeeMoved>, IConsumer<EmployeeReturned>, IConsumer<EmployeeLeft>
{
    public Task Consume(ConsumeContext<EmployeeHired> context) =>
        Place(context.Message.EmployeeId, context.Message.EstateId, context.Message.PositionCode, context.Message.HiredOn, context.CancellationToken);

    public Task Consume(ConsumeContext<EmployeeMoved> context) =>
        Place(context.Message.EmployeeId, context.Message.EstateId, context.Message.PositionCode, context.Message.EffectiveOn, context.CancellationToken);

    public Task Consume(ConsumeContext<EmployeeReturned> context) =>
        Place(context.Message.EmployeeId, context.Message.EstateId, context.Message.PositionCode, context.Message.ReturnedOn, context.CancellationToken);

    public Task Consume(ConsumeContext<EmployeeLeft> context) => session.Start<CompetencyProfile>(
        CompetencyProfile.IdOf(origin.Tenant, context.Message.EmployeeId),
        profile => CloseProfileHandler.Decide(profile, context.Message.LastWorkingDay), context.CancellationToken);

    async Task Place(Guid employee, Guid estate, string position, DateOnly on, CancellationToken ct)
    {
        var command = new PlaceEmployee(new(employee), new(estate), position, on, clock.GetUtcNow());
        var standards = await StandardBook.LoadFor(position, session, ct);
        await session.Start<CompetencyProfile>(CompetencyProfile.IdOf(origin.Tenant, employee), profile => PlaceEmployeeHandler.Decide(profile, standards, command), ct);
    }
}
