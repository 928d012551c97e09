using System.Collections.Immutable;
using JasperFx;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;

namespace Training.NeedsAssessment.Surveys;

/// <summary>Importance and performance of one item, 1–10.</summary>
public record ItemAnswer(string Item, int Importance, int Performance);

/// <summary>One answer sheet. Nothing leads from it to a token or a person; of the time only the day is kept.</summary>
public record SurveyAnswer(Guid Id, Guid WaveId, Guid EstateId, DateOnly On, ImmutableArray<ItemAnswer> Answers, int? Overall, int? Nps)
{
    /// <summary>Nothing is said on it; it was taken before such sheets were refused.</summary>
    public bool IsEmpty() => this is { Answers.IsEmpty: true, Overall: null, Nps: null };
}

public static class AnswerSurveyHandler
{
    /// <summary>Whether the sheet fits the questionnaire. Answers are no facts, so there is nothing else to decide.</summary>
    public static void Check(SurveyWave wave, Body body)
    {
        if (wave.Closed) throw new RuleBroken("wave-closed", "The survey is over.");
        if (body is { Answers: [], Overall: null, Nps: null }) throw new RuleBroken("empty-sheet", "Answer at least one question.");
        if (body.Answers.FirstOrDefault(answer => wave.Items.All(item => item.Code != answer.Item)) is { } stranger)
            throw new RuleBroken("unknown-item", $"The questionnaire has no item {stranger.Item}.");
        if (body.Answers.CountBy(answer => answer.Item).Any(pair => pair.Value > 1)) throw new RuleBroken("item-twice", "An item is answered twice.");
        if (body.Answers.FirstOrDefault(answer => answer.Importance is < 1 or > 10 || answer.Performance is < 1 or > 10) is { } odd)
            throw new RuleBroken("rating-out-of-range", $"{odd.Item}: ratings lie between 1 and 10.");
        if (body.Overall is < 1 or > 10 || body.Nps is < 0 or > 10)
            throw new RuleBroken("rating-out-of-range", "The overall rating lies between 1 and 10, the recommendation between 0 and 10.");
    }

    public record Body(ImmutableArray<ItemAnswer> Answers = default, int? Overall = null, int? Nps = null);

    internal static async Task<NoContent> Handle(
        string token, Body body, Origin origin, ISessionFactory sessions, TimeProvider clock, CancellationToken ct)
    {
        origin.Is(SurveyToken.TenantOf(token), "", "", "anonymous");
        await using var session = sessions.OpenSession();
        var leave = await session.LoadAsync<SurveyToken>(SurveyToken.IdOf(token), ct) ?? throw new Missing("Survey token", token);
        if (leave.Used) throw Used();
        var wave = await session.LoadAsync<SurveyWave>(leave.WaveId, ct) ?? throw new Missing("Survey wave", leave.WaveId);
        var sheet = body.Answers.IsDefault ? body with { Answers = [] } : body;
        Check(wave, sheet);

        leave.Used = true;
        session.Update(leave);
        session.Insert(new SurveyAnswer(Guid.NewGuid(), wave.Id, leave.EstateId, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), sheet.Answers, sheet.Overall, sheet.Nps));
        try
        {
            await session.SaveChangesAsync(ct);
        }
        catch (ConcurrencyException)
        {
            throw Used();
        }
        return TypedResults.NoContent();
    }

    static RuleBroken Used() => new RuleBroken("token-used", "This link was used before; every household answers once.");
}
