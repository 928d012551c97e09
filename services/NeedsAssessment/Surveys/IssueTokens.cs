using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using JasperFx.Metadata;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;

namespace Training.NeedsAssessment.Surveys;

/// <summary>
/// Leave to answer once, known by its hash only. It never points to the answer, nor carries a time that could; the group stands in front of the
/// token, because whoever answers has no account.
/// </summary>
public sealed class SurveyToken : IVersioned
{
    const int Bytes = 16;

    public string Id { get; set; } = "";
    public Guid WaveId { get; set; }
    public Guid EstateId { get; set; }
    public bool Used { get; set; }
    public Guid Version { get; set; }

    public static string New(string tenant) => $"{tenant}.{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes))}";
    public static string IdOf(string token) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
    public static string TenantOf(string token) => token.LastIndexOf('.') is > 0 and var dot ? token[..dot] : throw new Missing("Survey token", token);
}

public record IssueTokens(EstateId EstateId, int Count, DateTimeOffset At);

public static class IssueTokensHandler
{
    const int Most = 10_000;

    public static ISurveyFact[] Decide(SurveyWave wave, IssueTokens command)
    {
        if (wave.Closed) throw new RuleBroken("wave-closed", "The wave is closed.");
        if (command.Count is < 1 or > Most) throw new RuleBroken("count-out-of-range", $"Between 1 and {Most} tokens can be issued at once.");
        if (wave.Strata.All(stratum => stratum.EstateId != command.EstateId)) throw new RuleBroken("estate-not-asked", "This estate is not part of the wave.");
        return [new SurveyTokensIssued(command.EstateId, command.Count, command.At)];
    }

    public record Body(Guid EstateId, int Count);
    public record Answer(IReadOnlyList<string> Tokens);

    /// <summary>Repeating issues more: what was issued before can't be said again.</summary>
    internal static async Task<Ok<Answer>> Handle(
        Guid waveId, Body body, Origin origin, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var command = new IssueTokens(new(body.EstateId), body.Count, clock.GetUtcNow());
        await session.Amend<SurveyWave>(waveId, wave => Decide(wave, command), ct);
        string[] tokens = [.. Enumerable.Range(0, body.Count).Select(_ => SurveyToken.New(origin.Tenant))];
        session.Insert(tokens.Select(token => new SurveyToken { Id = SurveyToken.IdOf(token), WaveId = waveId, EstateId = body.EstateId }));
        await session.SaveChangesAsync(ct);
        return TypedResults.Ok(new Answer(tokens));
    }
}
