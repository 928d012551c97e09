using Marten;
using MassTransit;
using Training.Contracts.Workforce.V1;
using Training.Foundation;

namespace Training.Budgeting.Periods;

public record ReceiveWageBase(string LegalEntity, Money Wages);

public static class ReceiveWageBaseHandler
{
    public static IPeriodFact[] Decide(BudgetPeriod? period, ReceiveWageBase command) =>
        period?.WageBases.GetValueOrDefault(command.LegalEntity) == command.Wages ? [] : [new WageBaseReceived(command.LegalEntity, command.Wages)];
}

/// <summary>Keeps the wages on which the statutory rules of the education fund are reckoned.</summary>
sealed class WageBaseConsumer(IDocumentSession session, Origin origin) : IConsumer<WageBasePosted>
{
    public Task Consume(ConsumeContext<WageBasePosted> context)
    {
        var message = context.Message;
        var command = new ReceiveWageBase(message.LegalEntity, new(message.Amount, message.Currency));
        return session.Start<BudgetPeriod>(BudgetPeriod.IdOf(origin.Tenant, message.Year), period => ReceiveWageBaseHandler.Decide(period, command), context.CancellationToken);
    }
}
