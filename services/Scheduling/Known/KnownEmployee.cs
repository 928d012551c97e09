using System.Collections.Immutable;
using Marten;
using MassTransit;
using Training.Contracts.Workforce.V1;
using Training.Foundation;

namespace Training.Scheduling.Known;

/// <summary>What Scheduling knows of an employee: where he works, and which licences he holds until when.</summary>
public record KnownEmployee(Guid Id, Guid EstateId, string PositionCode, bool Active, ImmutableDictionary<string, DateOnly> Licences);

[InBatches]
sealed class KnownEmployeeConsumer(IDocumentSession session) :
    IConsumer<EmployeeHired>, IConsumer<EmployeeMoved>, IConsumer<EmployeeLeft>, IConsumer<EmployeeReturned>, IConsumer<LicenceRecorded>
{
    static readonly KnownEmployee Nobody = new(Guid.Empty, Guid.Empty, "", false, ImmutableDictionary<string, DateOnly>.Empty);

    public Task Consume(ConsumeContext<EmployeeHired> context) => Works(context, context.Message.EmployeeId, context.Message.EstateId, context.Message.PositionCode);

    public Task Consume(ConsumeContext<EmployeeMoved> context) => Works(context, context.Message.EmployeeId, context.Message.EstateId, context.Message.PositionCode);

    public Task Consume(ConsumeContext<EmployeeReturned> context) => Works(context, context.Message.EmployeeId, context.Message.EstateId, context.Message.PositionCode);

    public Task Consume(ConsumeContext<EmployeeLeft> context) =>
        Store(context.Message.EmployeeId, employee => employee with { Active = false }, context.CancellationToken);

    public Task Consume(ConsumeContext<LicenceRecorded> context) => Store(context.Message.EmployeeId,
        employee => employee with { Licences = employee.Licences.SetItem(context.Message.LicenceType, context.Message.ExpiresOn) }, context.CancellationToken);

    Task Works(ConsumeContext context, Guid id, Guid estate, string position) =>
        Store(id, employee => employee with { EstateId = estate, PositionCode = position, Active = true }, context.CancellationToken);

    async Task Store(Guid id, Func<KnownEmployee, KnownEmployee> change, CancellationToken ct) =>
        session.Store(change(await session.LoadAsync<KnownEmployee>(id, ct) ?? Nobody) with { Id = id });
}
