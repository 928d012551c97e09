using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Training.Foundation;

static class Telemetry
{
    internal static void AddTelemetry(this WebApplicationBuilder builder)
    {
        // A refused commit is its caller's to handle and to tell; the store would tell it again for each statement of the batch.
        builder.Logging.AddFilter("Marten.IDocumentStore", LogLevel.None);
        builder.Logging.AddOpenTelemetry(logs => logs.IncludeScopes = true);
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(builder.Environment.ServiceName()))
            .WithTracing(traces => traces
                .SetSampler<AlwaysOnSampler>()
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                // Not Marten's: its spans are the daemon's polls and pages, which are no business action.
                .AddSource("MassTransit", Outbox.Source.Name))
            .WithMetrics(metrics => metrics.AddAspNetCoreInstrumentation().AddRuntimeInstrumentation().AddMeter("Marten", "MassTransit", Troubles.MeterName));

        // Spans are always made, because facts keep their trace; they are sent only where somebody listens.
        if (builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is not null) telemetry.UseOtlpExporter();
    }
}
