using Marten;
using MassTransit;
using Training.Contracts.Workforce.V1;
using Training.Foundation;

namespace Training.Catalogue.Staff;

public readonly record struct EmployeeId(Guid Value) : IId<EmployeeId> { public static EmployeeId From(Guid value) => new(value); }

/// <summary>What Workforce told about an employee, as far as the catalogue needs it.</summary>
public record KnownEmployee(Guid Id, Guid EstateId, string PositionCode, bool Active);

/// <summary>Follows who works where and as what.</summary>
[InBatches]
sealed class KnownEmployeeConsumer(IDocumentSession session)
    : IConsumer<EmployeeHired>, IConsumer<EmployeeMoved>, IConsumer<EmployeeLeft>, IConsumer<EmployeeReturned>
{
    public Task Consume(ConsumeContext<EmployeeHired> context) => Works(context.Message.EmployeeId, context.Message.EstateId, context.Message.PositionCode);
    public Task Consume(ConsumeContext<EmployeeMoved> context) => Works(context.Message.EmployeeId, context.Message.EstateId, context.Message.PositionCode);
    public Task Consume(ConsumeContext<EmployeeReturned> context) => Works(context.Message.EmployeeId, context.Message.EstateId, context.Message.PositionCode);

    public async Task Consume(ConsumeContext<EmployeeLeft> context)
    {
        var known = await session.LoadAsync<KnownEmployee>(context.Message.EmployeeId, context.CancellationToken) ?? throw new Missing("Employee", context.Message.EmployeeId);
        session.Store(known with { Active = false });
    }

    Task Works(Guid id, Guid estate, string position)
    {
        session.Store(new KnownEmployee(id, estate, position, Active: true));
        return Task.CompletedTask;
    }
}
