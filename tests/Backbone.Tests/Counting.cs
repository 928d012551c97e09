using System.Collections.Concurrent;
using JasperFx.Events;
using Marten;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Training.Foundation;
using B1 = Training.Contracts.Budgeting.V1;
using S1 = Training.Contracts.Scheduling.V1;

namespace Training.Backbone.Tests;

// A small service of its own: it counts in streams, tells itself about each number, and asks Budgeting for money.

public readonly record struct CounterId(Guid Value) : IId<CounterId> { public static CounterId From(Guid value) => new(value); }

public interface ICounterFact : IFact;
public record Counted(CounterId CounterId, long Number) : ICounterFact;
public record Garbled(CounterId CounterId, string Text) : ICounterFact;
public record MoneyWanted(CounterId CounterId, string Who) : ICounterFact;
public record MoneyRefused(CounterId CounterId, string Code) : ICounterFact;

public partial record Counter(Guid Id, long Number)
{
    public static Counter Create(IEvent<Counted> first) => new(first.StreamId, first.Data.Number);
    public Counter Apply(Counted counted) => this with { Number = counted.Number };
}

/// <summary>What a counter tells.</summary>
public record NumberCounted
{
    public required Guid CounterId { get; init; }
    public required long Number { get; init; }
}

/// <summary>The numbers heard of one stream, in the order they were handled, one fact each.</summary>
public interface IHeardFact : IFact;
public record Heard(long Number) : IHeardFact;
public record HeardInBatch(long Number) : IHeardFact;

public partial record HeardOf(Guid Id, long Count)
{
    public static HeardOf Create(IEvent<Heard> first) => new(first.StreamId, 1);
    public static HeardOf Create(IEvent<HeardInBatch> first) => new(first.StreamId, 1);
    public HeardOf Apply(Heard _) => this with { Count = Count + 1 };
    public HeardOf Apply(HeardInBatch _) => this with { Count = Count + 1 };

    public static Guid IdOf(Guid counter, string kind) => DerivedId.Of("heard", kind, counter.ToString());
}

/// <summary>What goes wrong on purpose: asked by consumers before they do anything.</summary>
public static class Trouble
{
    static readonly ConcurrentDictionary<(string, Guid, long), int> Seen = [];

    /// <summary>Called with consumer, stream and number, and how often this message was tried before.</summary>
    public static Func<string, Guid, long, int, Task> Make { get; set; } = (_, _, _, _) => Task.CompletedTask;

    public static Task Meet(string consumer, NumberCounted message) =>
        Make(consumer, message.CounterId, message.Number, Seen.AddOrUpdate((consumer, message.CounterId, message.Number), 0, (_, tried) => tried + 1));
}

sealed class NumberConsumer(IDocumentSession session) : IConsumer<NumberCounted>
{
    public async Task Consume(ConsumeContext<NumberCounted> context)
    {
        await Trouble.Meet("single", context.Message);
        await session.Start<HeardOf>(HeardOf.IdOf(context.Message.CounterId, "single"), _ => [new Heard(context.Message.Number)], context.CancellationToken);
    }
}

[InBatches]
sealed class NumberBatchConsumer(IDocumentSession session) : IConsumer<NumberCounted>
{
    public async Task Consume(ConsumeContext<NumberCounted> context)
    {
        await Trouble.Meet("batch", context.Message);
        await session.Start<HeardOf>(HeardOf.IdOf(context.Message.CounterId, "batch"), _ => [new HeardInBatch(context.Message.Number)], context.CancellationToken);
    }
}

sealed class MoneyRefusedConsumer(IDocumentSession session) : IConsumer<B1.FundsDeclined>
{
    public Task Consume(ConsumeContext<B1.FundsDeclined> context)
    {
        session.Events.Append(context.Message.RunId, new MoneyRefused(new(context.Message.RunId), context.Message.Code));
        return Task.CompletedTask;
    }
}

static class Counting
{
    public static void MapCounting(this IEndpointRouteBuilder app)
    {
        var counters = app.MapGroup("/counters/{id:guid}").For(new Capability("count", Where.WholeGroup, Role.Ops));
        counters.MapPut("numbers/{number:long}", Count);
        counters.MapPut("garbled/{text}", Garble);
        counters.MapPut("money", Ask);
        app.MapGet("/open-counters/{secret}", (string secret) => secret).ForAnybody();
    }

    static async Task<NoContent> Count(Guid id, long number, IDocumentSession session, CancellationToken ct)
    {
        await session.Begin<Counter>(id, counter => counter?.Number >= number ? [] : [new Counted(new(id), number)], ct);
        return TypedResults.NoContent();
    }

    static async Task<NoContent> Garble(Guid id, string text, IDocumentSession session, CancellationToken ct)
    {
        session.Events.Append(id, new Garbled(new(id), text));
        await session.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }

    public sealed record Wish(string Who);

    static async Task<NoContent> Ask(Guid id, Wish wish, IDocumentSession session, CancellationToken ct)
    {
        session.Events.Append(id, new MoneyWanted(new(id), wish.Who));
        await session.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }

    /// <summary>Garbled facts can't be translated while this is false.</summary>
    public static bool CanRead { get; set; }

    public static object? Translate(IEvent stored) => stored.Data switch
    {
        Counted e => new NumberCounted { CounterId = e.CounterId.Value, Number = e.Number },
        Garbled e => CanRead ? new NumberCounted { CounterId = e.CounterId.Value, Number = long.Parse(e.Text, System.Globalization.CultureInfo.InvariantCulture) }
            : throw new FormatException($"{e.Text} is no number."),
        MoneyWanted e => new S1.FundingRequested
        {
            RunId = e.CounterId.Value, CourseCode = "S02", FundCategory = "FC2", LegalEntity = "YL-HZ", Quarter = "2027Q1", FrontLine = true, Learners = 20, Amount = 10, Currency = "CNY",
        },
        _ => null,
    };
}
