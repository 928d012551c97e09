using JasperFx.Events.Projections;
using Marten;
using Training.Foundation;

namespace Training.Evaluation.QuestionBanks;

/// <summary>The table of contents: what can be asked, and what is stored.</summary>
public static class QuestionBanks
{
    public static void MapQuestionBanks(this IEndpointRouteBuilder app)
    {
        var banks = app.MapGroup("/question-banks").WithTags("Question banks").For(May.WriteQuestions);

        banks.MapGet("", ListQuestionBanks.Handle);
        banks.MapGet("{courseId:guid}", GetQuestionBank.Handle);
        banks.MapPut("{courseId:guid}", PublishQuestionBankHandler.Handle);
    }

    public static StoreOptions AddQuestionBanks(this StoreOptions store)
    {
        store.Projections.Snapshot<QuestionBank>(SnapshotLifecycle.Inline);
        return store;
    }
}
