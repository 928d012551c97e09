using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using CloudNative.CloudEvents;
using CloudNative.CloudEvents.SystemTextJson;
using Training.Foundation;

namespace Training.Workforce.HrEdge;

/// <summary>A message of an HR system: a CloudEvent whose type and tenant are known. <c>Type</c> is without the common prefix.</summary>
public record HrMessage(
    string Source, string Id, string Type, string Tenant, long Sequence, bool HasSequence, DateTimeOffset Time, string CorrelationId, string TraceParent, JsonElement Data)
{
    const string Prefix = "cn.trainingplatform.";

    static readonly JsonEventFormatter Formatter = new();

    static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>The same for every arrival of this message.</summary>
    public Guid Key => DerivedId.Of("hr-event", Source, Id);

    public DateOnly Day => DateOnly.FromDateTime(Time.UtcDateTime);

    /// <summary>The tenant a routing key ends with; <c>unassigned</c> without one, when the key ends with the version of the type.</summary>
    public static string TenantOf(string routingKey) =>
        routingKey.Split('.') is [_, .., { Length: > 0 } last] && !IsVersion(last) ? last : "unassigned";

    static bool IsVersion(string word) => word is ['v', _, ..] && word[1..].All(char.IsAsciiDigit);

    /// <exception cref="RuleBroken">The body is no CloudEvent, or not one of this tenant.</exception>
    public static HrMessage Parse(ReadOnlyMemory<byte> body, string tenant)
    {
        var cloud = Decode(body);
        var source = cloud.Source?.ToString() ?? "";
        if (source.Split('/') is not ["", "hr", { Length: > 0 }, { Length: > 0 } named])
            throw new RuleBroken("unknown-source", $"The source must be /hr/<system>/<tenant>, not \"{source}\".");
        var data = cloud.Data is JsonElement { ValueKind: JsonValueKind.Object } found ? found : throw new RuleBroken("malformed-data", "The data must be a JSON object.");
        var inside = data.TryGetProperty("tenantId", out var id) ? id.ToString() : named;
        if (named != tenant || inside != tenant)
            throw new RuleBroken("tenant-mismatch", $"The message came in for tenant {tenant}, its source names {named}, its data {inside}. All three must agree.");
        if (cloud.Type?.StartsWith(Prefix, StringComparison.Ordinal) != true)
            throw new RuleBroken("unknown-type", $"Type {cloud.Type} does not begin with {Prefix}");

        var sequence = cloud["sequence"]?.ToString();
        return new(
            source, cloud.Id ?? "", cloud.Type[Prefix.Length..], tenant,
            long.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
                : sequence is null ? 0 : throw new RuleBroken("malformed-sequence", $"Sequence \"{sequence}\" is no whole number."),
            sequence is not null, cloud.Time ?? default, cloud["correlationid"]?.ToString() ?? cloud.Id ?? "", cloud["traceparent"]?.ToString() ?? "", data);
    }

    /// <exception cref="RuleBroken">Something is missing, or not of its kind.</exception>
    public T Read<T>()
    {
        try
        {
            return Data.Deserialize<T>(Options) ?? throw new RuleBroken("malformed-data", "The data are missing.");
        }
        catch (JsonException exception)
        {
            throw new RuleBroken("malformed-data", $"The data don't fit {Type}: {exception.Message}");
        }
    }

    static CloudEvent Decode(ReadOnlyMemory<byte> body)
    {
        try
        {
            return Formatter.DecodeStructuredModeMessage(body, null, null);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidOperationException or FormatException)
        {
            throw new RuleBroken("not-a-cloud-event", $"The body is no CloudEvent in structured JSON: {exception.Message}");
        }
    }
}
