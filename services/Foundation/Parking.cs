using System.Text;
using System.Text.Json;
using Marten;
using MassTransit;
using MassTransit.Logging;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using RabbitMQ.Client;

namespace Training.Foundation;

/// <summary>
/// A message a consumer could not handle, with the reason. Later messages of the same stream wait behind it, so that order is kept; other
/// streams flow on. Sent again by a person, once the cause is mended.
/// </summary>
public sealed record ParkedMessage(
    string Id, string Queue, Guid Stream, long Version, string Contract, string Code, string Reason, DateTimeOffset ParkedAt, string Body)
{
    /// <summary>The code of what another service has not told yet; such a message is sent again until it has.</summary>
    public const string WaitsForAnother = "missing";

    /// <summary>The code of what came after a parked message of its stream.</summary>
    public const string Behind = "behind-parked";

    public static string IdOf(ConsumeContext context) => $"{QueueOf(context)}/{context.MessageId}";
    public static string QueueOf(ConsumeContext context) => context.ReceiveContext.InputAddress.AbsolutePath.Split('/')[^1];
}

/// <summary>A message of a stream that already has a parked one.</summary>
sealed class BehindParked() : Exception("An earlier message of the same stream is parked.");

/// <summary>How often the message in hand has failed since it was delivered.</summary>
sealed class Tries
{
    public int Failed { get; set; }
}

/// <summary>
/// Outermost consume filter of every queue: waits while the store is away, tries again what may pass, and parks what can't be handled. Each
/// try runs in a scope and a session of its own.
/// </summary>
sealed class Parking(IServiceProvider services) : IFilter<ConsumeContext>
{
    static readonly int[] PausesMs = [20, 40, 80, 160, 320, 640, 1_300, 2_600, 5_000];

    public async Task Send(ConsumeContext context, IPipe<ConsumeContext> next)
    {
        var (tries, pauses) = (context.GetOrAddPayload(() => new Tries()), 0);
        Func<Task> step = () => next.Send(context);
        while (true)
        {
            try { await step(); return; }
            catch (Exception exception) when (!context.CancellationToken.IsCancellationRequested)
            {
                if (StoreIsAway(exception)) await Pause(1_000, context.CancellationToken);
                else if (exception is not BatchFailed && MayPass(exception) && pauses < PausesMs.Length) await Pause(PausesMs[pauses++], context.CancellationToken);
                else if (exception is not BatchFailed)
                {
                    // Who it belongs to is known, so it can be shown to them; a message without a group or a stream goes to the error queue.
                    if (context.Headers.Get<string>(Header.Tenant) is not { } tenant || !Guid.TryParse(context.Headers.Get<string>(Header.Stream), out _)) throw;
                    (step, pauses) = (() => Park(context, tenant, exception), 0);
                }
                tries.Failed++;
            }
        }
    }

    /// <summary>With jitter, so that those who got in each other's way don't meet again.</summary>
    static Task Pause(int ms, CancellationToken ct) => Task.Delay(TimeSpan.FromMilliseconds(ms * (0.5 + Random.Shared.NextDouble())), ct);

    /// <summary>Refusals and defects stay what they are, however often they are tried. What a broken connection took with it is no defect.</summary>
    static bool MayPass(Exception exception) => exception is ObjectDisposedException or not (RuleBroken or BehindParked or InvalidOperationException or ArgumentException
        or NullReferenceException or ArithmeticException or InvalidCastException or FormatException or NotSupportedException or KeyNotFoundException or JsonException);

    static bool StoreIsAway(Exception exception) =>
        exception is NpgsqlException { IsTransient: true, SqlState: not (PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected) }
        || exception.InnerException is { } inner && StoreIsAway(inner);

    async Task Park(ConsumeContext context, string tenant, Exception exception)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Origin>().Is(tenant, "", context.MessageId?.ToString() ?? "", "service");
        var session = scope.ServiceProvider.GetRequiredService<IDocumentSession>();
        var (stream, version) = (context.Headers.Get<string>(Header.Stream) ?? "", context.Headers.Get<long>(Header.Version) ?? 0);
        var code = exception switch { RuleBroken broken => broken.Code, BehindParked => ParkedMessage.Behind, Missing => ParkedMessage.WaitsForAnother, _ => "failed" };

        // It was parked before and only came once more: why it was stays known.
        if (exception is BehindParked && await session.LoadAsync<ParkedMessage>(ParkedMessage.IdOf(context), context.CancellationToken) is not null) return;
        session.Store(new ParkedMessage(ParkedMessage.IdOf(context), ParkedMessage.QueueOf(context), Guid.Parse(stream), version,
            context.SupportedMessageTypes.FirstOrDefault() ?? "", code, exception.Message, scope.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow(),
            Encoding.UTF8.GetString(context.ReceiveContext.GetBody())));
        var watermark = await session.LoadAsync<Watermark>(Watermark.IdOf(context), context.CancellationToken) ?? new Watermark { Id = Watermark.IdOf(context) };
        watermark.Parked = true;
        session.Store(watermark);
        await session.SaveChangesAsync(context.CancellationToken);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("parking");
}

sealed class ParkedMessages(IDocumentStore store, IConfiguration configuration, WatchSettings settings, TimeProvider clock)
{
    /// <summary>Sends again what waits for another service, which may have caught up by now.</summary>
    public async Task RedriveWaiting(CancellationToken ct)
    {
        await using var query = store.QuerySession();
        var until = clock.GetUtcNow() - settings.Interval;
        foreach (var one in await query.Query<ParkedMessage>().Where(message => message.AnyTenant() && message.Code == ParkedMessage.WaitsForAnother && message.ParkedAt <= until).ToListAsync(ct))
            await Send(await query.Query<ParkedMessage>().Where(message => message.AnyTenant() && message.Queue == one.Queue && message.Stream == one.Stream).OrderBy(message => message.Version).ToListAsync(ct), configuration, ct);
    }

    internal static void Map(IEndpointRouteBuilder app)
    {
        var parked = app.MapGroup("/parked-messages").WithTags("Operations").For(new Capability("mend-messages", Where.WholeGroup, Role.Ops));
        parked.MapGet("", List);
        parked.MapPost("redrive", Redrive);
    }

    static async Task<Ok<Page<ParkedMessage>>> List(int? skip, int? take, IQuerySession query, CancellationToken ct) =>
        TypedResults.Ok(await query.Query<ParkedMessage>().OrderBy(message => message.ParkedAt).Page(message => message, skip, take, ct));

    internal sealed record Body(string Queue, Guid Stream);

    /// <summary>Sends the parked messages of one stream to their queue again, oldest first. Each leaves the list when it was handled.</summary>
    static async Task<Accepted> Redrive(Body body, IQuerySession query, IConfiguration configuration, CancellationToken ct)
    {
        await Send(await query.Query<ParkedMessage>().Where(message => message.Queue == body.Queue && message.Stream == body.Stream).OrderBy(message => message.Version).ToListAsync(ct), configuration, ct);
        return TypedResults.Accepted("/parked-messages");
    }

    static async Task Send(IReadOnlyList<ParkedMessage> messages, IConfiguration configuration, CancellationToken ct)
    {
        var factory = new ConnectionFactory { Uri = new Uri(configuration.GetConnectionString("bus") ?? "") };
        await using var connection = await factory.CreateConnectionAsync(ct);
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), ct);
        foreach (var message in messages)
        {
            var headers = new Dictionary<string, object?> { [Header.Redrive] = "yes", [Header.Stream] = message.Stream.ToString() };
            // It begins a trace of its own, linked to the one it stems from.
            if (TraceOf(message.Body) is { } trace) (headers[DiagnosticHeaders.ActivityId], headers[DiagnosticHeaders.ActivityPropagation]) = (trace, "Link");
            var properties = new BasicProperties { ContentType = "application/vnd.masstransit+json", Persistent = true, Headers = headers };
            await Outbox.Limited(limit => channel.BasicPublishAsync("", message.Queue, mandatory: true, properties, Encoding.UTF8.GetBytes(message.Body), limit).AsTask(), ct);
        }
    }

    static string? TraceOf(string body) =>
        JsonElement.Parse(body).TryGetProperty("headers", out var headers) && headers.TryGetProperty(DiagnosticHeaders.ActivityId, out var trace) ? trace.GetString() : null;
}
