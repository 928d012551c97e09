using System.Collections.Immutable;
using System.Net;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Marten;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Training.Foundation;
using Xunit;

namespace Training.Testing;

/// <summary>
/// Calls every route of a service as every role, within its scope, beyond it, with another role that reaches further, and from another group; the calls are made from the route
/// table, so a new route is in it by itself. Who may do what is approved in <c>Approved/access.json</c> beside the test.
/// Made-up requests name the ids of <see cref="Sample"/>, so facts of <see cref="Sample"/> are what they find.
/// </summary>
public abstract class AccessMatrix<TProgram>(ServiceHost<TProgram> host) : IAsyncLifetime where TProgram : class
{
    const string Stranger = "ZZ", Elsewhere = "elsewhere";
    static readonly Guid Other = DerivedId.Of("somebody", "else");

    protected ServiceHost<TProgram> Host => host;

    Door[] doors = [];

    /// <summary>Stores what the routes look for: an estate in the region named <c>region</c>, a person at it, and so on.</summary>
    protected abstract void Furnish(IDocumentSession session);

    /// <summary>Waits until the service has drawn its own conclusions from what was stored.</summary>
    protected virtual Task Settled() => Task.CompletedTask;

    /// <summary>Query strings and bodies where the made-up ones would not do, by route.</summary>
    protected virtual IReadOnlyDictionary<string, (string Query, object? Body)> Requests => ImmutableDictionary<string, (string, object?)>.Empty;

    /// <summary>The id that made-up requests use under this name.</summary>
    protected static Guid IdOf(string name) => DerivedId.Of("sample", name);

    protected static T Made<T>() => (T)Made(typeof(T));

    /// <summary>A sample in which every field of a name carries the same value, however a type writes the name: <c>EstateId</c> of a fact is <c>estateId</c> of a route.</summary>
    static object Made(Type type)
    {
        var json = JsonSerializer.SerializeToNode(Sample.Of(type), type, House.Options) ?? throw new InvalidOperationException($"No {type}.");
        Name(json);
        return json.Deserialize(type, House.Options) ?? throw new InvalidOperationException($"No {type}.");
    }

    static void Name(JsonNode node)
    {
        foreach (var (name, value) in node is JsonObject fields ? fields.ToArray() : [])
        {
            if (value is JsonValue text && text.TryGetValue<string>(out var word)) node[name] = Named(name, word);
            else if (value is not null) Name(value);
        }
        foreach (var item in node is JsonArray items ? items.OfType<JsonNode>() : []) if (item is not JsonValue) Name(item);
    }

    static string Named(string name, string value)
    {
        var pascal = char.ToUpperInvariant(name[0]) + name[1..];
        return value == IdOf(pascal).ToString() ? IdOf(name).ToString() : value == pascal ? name : value;
    }

    public async ValueTask InitializeAsync()
    {
        if (await Facts() == 0)
        {
            await using var session = host.Services.GetRequiredService<IDocumentStore>().LightweightSession(ServiceHost<TProgram>.Tenant);
            Furnish(session);
            await session.SaveChangesAsync();
            await Settled();
        }
        doors = [.. host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().SelectMany(Door.Of).OrderBy(door => door.Name, StringComparer.Ordinal)];
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>A change of who may do what shows in the review of this file.</summary>
    protected void RolesAreApproved([CallerFilePath] string test = "") => Approved.Match("access", JsonSerializer.Serialize(doors.ToDictionary(door => door.Name, door =>
        door.Capability is { } capability ? $"{capability.Name}, {capability.Where}: {string.Join(' ', capability.Roles.Order(StringComparer.Ordinal))}"
        : door.Anonymous ? "anonymous"
        : "nobody said who may"), House.Options), test);

    [Fact]
    public void Every_route_says_who_may() =>
        Assert.Empty(doors.Where(door => door.Capability is null && !door.Anonymous).Select(door => door.Name));

    /// <summary>In this order, because what is allowed changes things in the end.</summary>
    [Fact]
    public async Task Every_role_may_what_is_approved_within_its_scope_and_nothing_else()
    {
        foreach (var door in Guarded.Where(door => door.Where == Where.CutToReach)) door.Seen = (await Call(door, [new(door.Roles[0], "group")], ServiceHost<TProgram>.Tenant)).Body;

        List<string> wrong =
        [
            .. await Refused("nobody", from door in Guarded select (door, Array.Empty<Grant>()), ServiceHost<TProgram>.Tenant, (_, answer) => answer.Status == HttpStatusCode.Unauthorized),
            .. await Refused("other roles", from door in Guarded from role in Role.All where !door.Roles.Contains(role) select (door, One(role, "group")),
                ServiceHost<TProgram>.Tenant, (_, answer) => answer.Status == HttpStatusCode.Forbidden),
            .. await Refused("beyond", from door in Guarded where door.Where != Where.Anywhere from role in door.Roles from scope in Beyond(role) select (door, One(role, scope)), ServiceHost<TProgram>.Tenant, Hides),
            .. await Refused("by the reach of another role", from door in Guarded where door.Where != Where.Anywhere from role in door.Roles
                select (door, (Grant[])[new(role, Beyond(role).First()), .. Role.All.Except(door.Roles).Select(other => new Grant(other, "group"))]), ServiceHost<TProgram>.Tenant, Hides),
            .. await Refused("another group", from door in Guarded from role in door.Roles select (door, One(role, "group")), Stranger, (door, answer) =>
                (int)answer.Status < 500 && answer.Status is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden) && answer.SaysNothingOf(Hidden)
                && (door.Where != Where.WithinReach || door.Method != "GET" || answer.Status == HttpStatusCode.NotFound)),
            .. await Allowed(),
        ];
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    static bool Hides(Door door, Answer answer) => door.Where == Where.CutToReach
        ? answer.Status == HttpStatusCode.OK && answer.SaysNothingOf(Hidden) && answer.Body != door.Seen
        : answer.Status == HttpStatusCode.Forbidden;

    static Grant[] One(string role, string scope) => [new(role, scope)];

    static Guid[] Hidden => [IdOf("employeeId"), IdOf("estateId")];

    async Task<IEnumerable<string>> Allowed()
    {
        List<string> wrong = [];
        foreach (var door in doors.Where(door => door.Capability is null))
            if (await Call(door, [], ServiceHost<TProgram>.Tenant) is { Status: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or >= HttpStatusCode.InternalServerError } shut)
                wrong.Add($"anybody: {door.Name}: {shut}");
        foreach (var door in Guarded)
            foreach (var role in door.Roles)
            {
                var answer = await Call(door, One(role, door.Where == Where.WholeGroup ? "group" : Within(role)), ServiceHost<TProgram>.Tenant);
                // What is not there can't show that the scope let it through.
                var found = door.Where is Where.Anywhere or Where.WholeGroup || answer.Status != HttpStatusCode.NotFound;
                if (answer.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden || (int)answer.Status >= 500 || !found) wrong.Add($"within: {door.Name} as {role}: {answer}");
            }
        return wrong;
    }

    IEnumerable<Door> Guarded => doors.Where(door => door.Capability is not null);

    /// <summary>Each call is judged, and none may leave a fact behind in the group of the tests.</summary>
    async Task<IEnumerable<string>> Refused(string why, IEnumerable<(Door Door, Grant[] Grants)> calls, string tenant, Func<Door, Answer, bool> right)
    {
        List<string> wrong = [];
        var (before, count) = (await Facts(), 0);
        foreach (var (door, grants) in calls)
        {
            count++;
            var answer = await Call(door, grants, tenant);
            if (!right(door, answer)) wrong.Add($"{why}: {door.Name} as {string.Join<Grant>(' ', grants)}: {answer}");
        }
        Assert.NotEqual(0, count);
        if (await Facts() is var after && after != before) wrong.Add($"{why}: {after - before} facts were left behind.");
        return wrong;
    }

    async Task<long> Facts()
    {
        await using var query = host.Services.GetRequiredService<IDocumentStore>().QuerySession(ServiceHost<TProgram>.Tenant);
        return (await query.AdvancedSql.QueryAsync<long>("select count(*) from mt_events where tenant_id = ?", CancellationToken.None, ServiceHost<TProgram>.Tenant))[0];
    }

    async Task<Answer> Call(Door door, Grant[] grants, string tenant)
    {
        using var client = host.Client(grants, tenant);
        var (query, body) = Requests.TryGetValue(door.Name, out var own) ? own : ("", null);
        using var request = new HttpRequestMessage(new(door.Method), door.Address + (query == "" ? door.Query : query))
        {
            Content = (body ?? door.Body) switch
            {
                null => null,
                string text => new StringContent(text, Encoding.UTF8, door.ContentType),
                var other => new StringContent(JsonSerializer.Serialize(other, other.GetType(), House.Options), Encoding.UTF8, door.ContentType),
            },
        };
        using var response = await client.SendAsync(request);
        return new(response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>The scope that a role has in life, covering what was furnished.</summary>
    static string Within(string role) => role switch
    {
        Role.RegionalManager or Role.Trainer or Role.QualityInspector => "region:region",
        Role.EstateManager => $"estate:{IdOf("estateId")}",
        Role.Employee => $"self:{IdOf("employeeId")}",
        _ => "group",
    };

    static IEnumerable<string> Beyond(string role) => role == Role.Employee ? [$"self:{Other}", ""] : [$"region:{Elsewhere}", $"estate:{Other}", $"self:{Other}", ""];

    sealed record Answer(HttpStatusCode Status, string Body)
    {
        /// <summary>A refusal may repeat the id it was asked for.</summary>
        public bool SaysNothingOf(params Guid[] ids) => (int)Status >= 400 || ids.All(id => !Body.Contains(id.ToString(), StringComparison.OrdinalIgnoreCase));

        public override string ToString() => $"{(int)Status} {Body[..Math.Min(Body.Length, 200)]}";
    }

    /// <summary>A route with a made-up request.</summary>
    sealed record Door(string Name, string Method, string Address, string Query, object? Body, string ContentType, Capability? Capability, bool Anonymous)
    {
        public Where Where => Capability?.Where ?? Where.WholeGroup;
        public string[] Roles => Capability?.Roles ?? [];

        /// <summary>What somebody who may see everything is told.</summary>
        public string Seen { get; set; } = "";

        public static IEnumerable<Door> Of(RouteEndpoint endpoint)
        {
            var pattern = "/" + (endpoint.RoutePattern.RawText ?? "").Trim('/');
            var address = "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
            {
                RoutePatternParameterPart parameter => Value(parameter),
                RoutePatternLiteralPart literal => literal.Content,
                _ => throw new InvalidOperationException($"{pattern} has a part this test can't fill."),
            }))));
            var accepts = endpoint.Metadata.GetMetadata<IAcceptsMetadata>();
            return from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
                   select new Door($"{method} {pattern}", method, address, QueryOf(endpoint), BodyOf(accepts), accepts?.ContentTypes is [var type, ..] ? type : "application/json",
                       endpoint.Metadata.GetMetadata<Capability>(), endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null);
        }

        static string Value(RoutePatternParameterPart parameter)
        {
            var kinds = parameter.ParameterPolicies.Select(policy => policy.Content).ToArray();
            const string oneOf = "regex(^(";
            return kinds.Contains("guid") ? IdOf(parameter.Name).ToString()
                : kinds.Contains("int") ? "7"
                : kinds.FirstOrDefault(kind => kind?.StartsWith(oneOf, StringComparison.Ordinal) == true) is { } words ? words[oneOf.Length..].Split('|', ')')[0]
                : parameter.Name;
        }

        static object? BodyOf(IAcceptsMetadata? accepts) =>
            accepts?.RequestType is not { } type ? null
            : type == typeof(JsonElement) ? JsonDocument.Parse("{}").RootElement
            : type == typeof(string) ? ""
            : Made(type);

        /// <summary>Everything in the address that the handler insists on.</summary>
        static string QueryOf(RouteEndpoint endpoint)
        {
            var names = endpoint.RoutePattern.Parameters.Select(parameter => parameter.Name).ToHashSet();
            var parts = from parameter in endpoint.Metadata.GetMetadata<MethodInfo>()?.GetParameters() ?? []
                        let type = parameter.ParameterType
                        where !names.Contains(parameter.Name ?? "") && (type == typeof(Guid) || type == typeof(int) || type == typeof(DateOnly) || type == typeof(bool))
                        select $"{parameter.Name}={(type == typeof(DateOnly) ? "2027-01-04" : Sample.Of(type, parameter.Name ?? ""))}";
            return string.Join('&', parts) is { Length: > 0 } query ? $"?{query}" : "";
        }
    }
}
