using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Training.Foundation;

public static class Telemetry
{
    internal static void AddTelemetry(this WebApplicationBuilder builder)
    {
        // A refused commit is its caller's to handle and to tell; the store would tell it again for each statement of the batch.
        builder.Logging.AddFilter("Marten.IDocumentStore", LogLevel.None);
        // It only adds the path to whatever is logged during a request, and a path can be a secret; the trace has its route.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        builder.Logging.AddOpenTelemetry(logs => logs.IncludeScopes = true);
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(builder.Environment.ServiceName()))
            .WithTracing(traces => traces
                .SetSampler<AlwaysOnSampler>()
                .AddRequests()
                // Not Marten's: its spans are the daemon's polls and pages, which are no business action.
                .AddSource("MassTransit", Outbox.Source.Name))
            .WithMetrics(metrics => metrics.AddAspNetCoreInstrumentation().AddRuntimeInstrumentation().AddMeter("Marten", "MassTransit", Troubles.MeterName));

        // Spans are always made, because facts keep their trace; they are sent only where somebody listens.
        if (builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is not null) telemetry.UseOtlpExporter();
    }

    /// <summary>
    /// Requests that come in and go out. Where nobody has to sign in, knowing the path is what lets in (the link of a survey, the number of a certificate): there the span
    /// has the route instead, and of a request sent without a token only the service.
    /// </summary>
    public static TracerProviderBuilder AddRequests(this TracerProviderBuilder traces) => traces
        .AddAspNetCoreInstrumentation(options => options.EnrichWithHttpResponse = (span, response) =>
        {
            if (response.HttpContext.GetEndpoint() is RouteEndpoint open && open.Metadata.GetMetadata<IAllowAnonymous>() is not null) span.SetTag("url.path", open.RoutePattern.RawText);
        })
        .AddHttpClientInstrumentation(options => options.EnrichWithHttpRequestMessage = (span, request) =>
        {
            if (request.Headers.Authorization is null) span.SetTag("url.full", request.RequestUri?.GetLeftPart(UriPartial.Authority));
        });
}
