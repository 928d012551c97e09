using System.Text.Json;
using JasperFx.Events.Projections;
using Marten;
using OpenTelemetry.Trace;
using Training.Foundation;

namespace Training.Workforce.HrEdge;

/// <summary>The table of contents: what can be asked, what is stored, and the door itself.</summary>
public static class HrEdge
{
    public static void MapHrEdge(this IEndpointRouteBuilder app)
    {
        var quarantine = app.MapGroup("/quarantine").For(May.MendHrMessages).WithTags("Quarantine");

        quarantine.MapGet("", ListQuarantined.Handle);
        quarantine.MapGet("{id:guid}", GetQuarantined.Handle);
        quarantine.MapPost("{id:guid}/redrive", RedriveMessageHandler.Handle).Accepts<JsonElement>(isOptional: true, "application/cloudevents+json", "application/json");
        quarantine.MapPost("{id:guid}/discard", DiscardMessageHandler.Handle);
        app.MapGet("/sources", ListSources.Handle).For(May.MendHrMessages).WithTags("Sources");
    }

    public static StoreOptions AddHrEdge(this StoreOptions store)
    {
        store.Projections.Snapshot<QuarantinedMessage>(SnapshotLifecycle.Inline);
        store.Schema.For<QuarantinedMessage>().Index(entry => entry.State).Index(entry => entry.Waits);
        store.Schema.For<QuarantinedBody>();
        store.Schema.For<SeenEvent>();
        store.Schema.For<HrSource>().UseOptimisticConcurrency(true);
        return store;
    }

    public static void AddHrDoor(this WebApplicationBuilder builder)
    {
        foreach (var consumer in typeof(HrEdge).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(IHrConsumer)) && type.IsClass))
            builder.Services.AddSingleton(typeof(IHrConsumer), consumer);
        builder.Services.AddSingleton<HrInbox>();
        builder.Services.AddSingleton<HrDoor>();
        builder.Services.AddHostedService(services => services.GetRequiredService<HrDoor>());
        builder.Services.AddHealthChecks().AddCheck<HrDoorHealth>("hr door");
        builder.Services.ConfigureOpenTelemetryTracerProvider(traces => traces.AddSource(HrInbox.Source.Name));
    }
}
