using System.Diagnostics;
using System.Security.Claims;
using JasperFx.Events;
using Marten;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Training.Foundation;

/// <summary>On whose behalf the current request or message is handled, and what caused it. Scoped.</summary>
public sealed class Origin
{
    string? tenant;

    /// <summary>The property group. Work without a known tenant is refused.</summary>
    public string Tenant => tenant ?? throw new InvalidOperationException("No tenant: neither a token nor a message header named one.");

    /// <summary>One id for the whole business action, across services.</summary>
    public string CorrelationId { get; private set; } = "";

    /// <summary>The message (= the fact elsewhere) that caused this work; empty when a person did.</summary>
    public string CausationId { get; private set; } = "";

    /// <summary>Who acts: the token's subject, or the service.</summary>
    public string Actor { get; private set; } = "";

    public void Is(string tenantId, string correlationId, string causationId, string actor)
    {
        (tenant, CorrelationId, CausationId, Actor) = (tenantId, correlationId, causationId, actor);
        Activity.Current?.SetTag("tp.tenant", tenantId).SetTag("tp.correlation_id", correlationId);
    }

    /// <summary>Puts the cause, the author and the trace on one fact.</summary>
    internal void Stamp(IEvent fact)
    {
        (fact.CorrelationId, fact.CausationId) = (CorrelationId, CausationId);
        fact.SetHeader(Header.Actor, Actor);
        if (Activity.Current?.Id is { } traceparent) fact.SetHeader(Header.TraceParent, traceparent);
    }
}

/// <summary>Opens sessions for the tenant in hand and stamps every fact with its cause and its trace.</summary>
sealed class TenantSessions(IDocumentStore store, Origin origin, BatchSession batch) : ISessionFactory
{
    public IQuerySession QuerySession() => store.QuerySession(origin.Tenant);

    public IDocumentSession OpenSession()
    {
        if (batch.Session is { } shared) return shared;
        var session = store.LightweightSession(origin.Tenant);
        session.CorrelationId = origin.CorrelationId;
        session.CausationId = origin.CausationId;
        session.SetHeader(Header.Actor, origin.Actor);
        if (Activity.Current?.Id is { } traceparent) session.SetHeader(Header.TraceParent, traceparent);
        return session;
    }
}

/// <summary>What is kept with every fact and travels with every message, beside the body.</summary>
public static class Header
{
    public const string TraceParent = "traceparent", Tenant = "tp-tenant", Stream = "tp-stream", Version = "tp-version", CorrelationId = "tp-correlation-id",
        Actor = "tp-actor", Redrive = "tp-redrive";
}

static class OriginOfRequest
{
    internal static void UseOrigin(this WebApplication app) => app.Use((http, next) =>
    {
        if (http.User.FindFirstValue(Claim.Tenant) is { } tenant)
        {
            var correlation = http.Request.Headers[Header.CorrelationId].FirstOrDefault()
                ?? Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier;
            http.RequestServices.GetRequiredService<Origin>().Is(tenant, correlation, "", http.User.FindFirstValue(Claim.Subject) ?? "unknown");
        }
        return next();
    });
}

/// <summary>Takes tenant and cause from the message; a message without a tenant goes to the error queue.</summary>
sealed class OriginOfMessage<T>(Origin origin) : IFilter<ConsumeContext<T>> where T : class
{
    public Task Send(ConsumeContext<T> context, IPipe<ConsumeContext<T>> next)
    {
        var tenant = context.Headers.Get<string>(Header.Tenant) ?? throw new RuleBroken("no-tenant", "The message names no tenant.");
        origin.Is(tenant, context.Headers.Get<string>(Header.CorrelationId) ?? "", context.MessageId?.ToString() ?? "", "service");
        Activity.Current?.SetTag("tp.stream", context.Headers.Get<string>(Header.Stream)).SetTag("tp.version", context.Headers.Get<long>(Header.Version)).SetTag("tp.message_id", context.MessageId);
        return next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("origin");
}
