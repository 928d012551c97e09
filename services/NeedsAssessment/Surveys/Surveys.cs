using JasperFx.Events.Projections;
using Marten;
using Training.Foundation;

namespace Training.NeedsAssessment.Surveys;

/// <summary>The table of contents: what can be asked, and what is stored.</summary>
public static class Surveys
{
    public static void MapSurveys(this IEndpointRouteBuilder app)
    {
        var waves = app.MapGroup("/survey-waves").WithTags("Surveys");

        waves.MapPut("{waveId:guid}", OpenWaveHandler.Handle).For(May.HoldSurveys);
        waves.MapPost("{waveId:guid}/tokens", IssueTokensHandler.Handle).For(May.HoldSurveys);
        waves.MapPost("{waveId:guid}/close", CloseWaveHandler.Handle).For(May.HoldSurveys);
        waves.MapGet("{waveId:guid}/results", GetSurveyResults.Handle).For(May.SeeSurveys);
        waves.MapGet("", GetSurveyResults.List).For(May.SeeSurveys);
        app.MapGet("/survey-answers/{token}", OpenQuestionnaire.Handle).ForAnybody().WithTags("Surveys");
        app.MapPost("/survey-answers/{token}", AnswerSurveyHandler.Handle).ForAnybody().WithTags("Surveys");
    }

    public static StoreOptions AddSurveys(this StoreOptions store)
    {
        store.Projections.Snapshot<SurveyWave>(SnapshotLifecycle.Inline);
        // Equal times of change would lead from a used token to its answer.
        store.Schema.For<SurveyToken>().UseOptimisticConcurrency(true).Metadata(metadata => metadata.LastModified.Enabled = false);
        store.Schema.For<SurveyAnswer>().Duplicate(answer => answer.WaveId).Metadata(metadata => metadata.LastModified.Enabled = false);
        return store;
    }
}
