using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;

namespace Training.NeedsAssessment.Surveys;

/// <summary>What an owner is asked; nothing here says which household the link went to.</summary>
public record Questionnaire(string Wave, bool Used, bool Closed, IReadOnlyList<QuestionnaireItem> Items);
public record QuestionnaireItem(string Code, string Text, string TextEnglish);

static class OpenQuestionnaire
{
    internal static async Task<Ok<Questionnaire>> Handle(string token, Origin origin, ISessionFactory sessions, CancellationToken ct)
    {
        origin.Is(SurveyToken.TenantOf(token), "", "", "anonymous");
        await using var query = sessions.QuerySession();
        var leave = await query.LoadAsync<SurveyToken>(SurveyToken.IdOf(token), ct) ?? throw new Missing("Survey token", token);
        var wave = await query.LoadAsync<SurveyWave>(leave.WaveId, ct) ?? throw new Missing("Survey wave", leave.WaveId);
        return TypedResults.Ok(new Questionnaire(wave.Code, leave.Used, wave.Closed, [.. wave.Items.Select(item => new QuestionnaireItem(item.Code, item.Text, item.TextEnglish))]));
    }
}
