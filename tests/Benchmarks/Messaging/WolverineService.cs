using JasperFx.Events;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Training.Subscriber;
using Wolverine;
using Wolverine.Marten;
using Wolverine.RabbitMQ;

namespace Training.Benchmarks.Messaging;

/// <summary>The same signal as Wolverine sends it.</summary>
public sealed record SignalSent(Signal Body);

/// <summary>What Wolverine calls for each; it commits the effect together with its inbox.</summary>
public static class SignalHandler
{
    public static void Handle(SignalSent sent, Envelope envelope, IDocumentSession session) =>
        session.Insert(new SignalEffect { Id = envelope.Id, SentAt = sent.Body.SentAt });
}

/// <summary>The peer: Wolverine with Marten (quick appends), durable outbox and inbox, confirms on, one node.</summary>
sealed class WolverineService : IAsyncDisposable
{
    public const string Queue = "signals";

    readonly IHost host;

    WolverineService(IHost host) => this.host = host;

    /// <summary>Started; its tables and its queue exist.</summary>
    public static async Task<WolverineService> Start(Place place, bool listens, IDocumentSessionListener? commits = null)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        if (Environment.GetEnvironmentVariable("TRAINING_BENCHMARK_LOG") is not null) builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.AddMarten(options =>
        {
            options.Connection(place.Store);
            options.DisableNpgsqlLogging = true;
            options.Events.AppendMode = EventAppendMode.Quick;
            if (commits is not null) options.Listeners.Add(commits);
        }).UseLightweightSessions().IntegrateWithWolverine().ApplyAllDatabaseChangesOnStartup();
        builder.UseWolverine(options =>
        {
            options.UseRuntimeCompilation();
            options.Durability.Mode = DurabilityMode.Solo;
            options.Discovery.DisableConventionalDiscovery();
            options.UseRabbitMq(new Uri(place.Bus)).AutoProvision()
                .ConfigureChannelCreation(channel => (channel.PublisherConfirmationsEnabled, channel.PublisherConfirmationTrackingEnabled) = (true, true));
            options.Policies.AutoApplyTransactions();
            options.PublishMessage<SignalSent>().ToRabbitQueue(Queue).UseDurableOutbox();
            if (!listens) return;
            options.Discovery.IncludeType(typeof(SignalHandler));
            options.ListenToRabbitQueue(Queue).UseDurableInbox().MaximumParallelMessages(16);
        });
        var host = builder.Build();
        await host.StartAsync();
        return new(host);
    }

    /// <summary>A stream started and a message in the outbox, one commit.</summary>
    public async Task Append(Guid stream, SignalRecorded fact)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var outbox = scope.ServiceProvider.GetRequiredService<IMartenOutbox>();
        await using var session = host.Services.GetRequiredService<IDocumentStore>().LightweightSession();
        outbox.Enroll(session);
        session.Events.StartStream(stream, fact);
        await outbox.PublishAsync(new SignalSent(fact.Body));
        await session.SaveChangesAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }
}
