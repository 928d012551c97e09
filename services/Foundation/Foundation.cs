using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using JasperFx.Events;
using JasperFx.Events.Daemon;
using Marten;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Training.Foundation;

/// <summary>Everything every service does the same way, in one call.</summary>
public static class Foundation
{
    /// <summary>Most bytes of a request; a route that takes files allows more.</summary>
    const int LargestRequest = 4 << 20;

    /// <param name="builder">The host of one service.</param>
    /// <param name="store">Registers the projections of the service's capabilities.</param>
    /// <param name="translate">Turns a stored fact into the contract to publish, or null when nobody outside needs it.</param>
    public static WebApplicationBuilder AddFoundation(
        this WebApplicationBuilder builder, Action<StoreOptions> store, Func<IEvent, object?> translate)
    {
        // Texts in facts and answers are the same on every machine.
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(translate);
        builder.Services.AddScoped<Origin>();
        builder.Services.ConfigureHttpJsonOptions(http =>
        {
            http.SerializerOptions.UseHouseStyle();
            http.SerializerOptions.Converters.Add(new WrittenText());
            // What a request leaves out is an error, not a null inside; optional fields have defaults.
            (http.SerializerOptions.RespectNullableAnnotations, http.SerializerOptions.RespectRequiredConstructorParameters) = (true, true);
        });
        builder.WebHost.ConfigureKestrel(server => server.Limits.MaxRequestBodySize = LargestRequest);
        builder.Services.AddOpenApi();
        builder.Services.AddHealthChecks().AddCheck<StoreHealth>("store").AddCheck<BusHealth>("bus").AddCheck<Troubles>("backbone");
        builder.Services.AddSingleton<BusHealth>().AddSingleton<Troubles>().AddSingleton<Reconciler>().AddSingleton<ParkedMessages>().AddSingleton<WatchSettings>();

        builder.AddProblems();
        builder.AddAccess();
        // The schema is there before the first message comes in, the queues before the first fact goes out, and both end the other way round.
        var marten = builder.AddStore(store);
        builder.AddBus();
        marten.AddDaemon(builder.Configuration.GetValue("Daemon", DaemonMode.Solo));
        builder.Services.AddHostedService<Watch>();
        builder.AddTelemetry();
        return builder;
    }

    public static WebApplication UseFoundation(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseOrigin();
        app.MapHealthChecks("/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/ready", new HealthCheckOptions { Predicate = check => !check.Tags.Contains("masstransit"), ResponseWriter = Explain }).AllowAnonymous();
        ParkedMessages.Map(app);
        app.MapMissingMessages();
        app.MapFollow();
        app.MapAudit();
        app.MapOpenApi().AllowAnonymous();
        return app;
    }

    /// <summary>camelCase, enums as words, ids as bare Guids: the same in storage, on the wire and in tests.</summary>
    public static void UseHouseStyle(this JsonSerializerOptions json)
    {
        json.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        json.Converters.Add(new JsonStringEnumConverter());
        json.Converters.Add(new IdConverterFactory());
    }

    /// <summary>The service's short name, which is also its queue prefix: Training.Budgeting is "budgeting".</summary>
    internal static string ServiceName(this IHostEnvironment environment) => environment.ApplicationName.Split('.')[^1].ToLowerInvariant();

    static Task Explain(HttpContext http, HealthReport report) => http.Response.WriteAsJsonAsync(new
    {
        status = report.Status.ToString(),
        checks = report.Entries.ToDictionary(check => check.Key, check => new { status = check.Value.Status.ToString(), check.Value.Description }),
    });

    /// <summary>What somebody writes: facts are kept for ever and read again and again, and PostgreSQL stores no text with the character 0.</summary>
    sealed class WrittenText : JsonConverter<string>
    {
        const int Longest = 4_000;

        public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Checked(reader.GetString());
        public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Checked(reader.GetString());
        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
        public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WritePropertyName(value);

        static string Checked(string? text) => text is null || text.Length > Longest || text.Contains('\0')
            ? throw new JsonException($"A text has at most {Longest} characters, and none of them is 0.") : text;
    }

    sealed class StoreHealth(IDocumentStore store) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            await using var connection = store.Storage.Database.CreateConnection();
            await connection.OpenAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
    }
}
