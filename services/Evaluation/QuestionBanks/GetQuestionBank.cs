using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;

namespace Training.Evaluation.QuestionBanks;

/// <summary>A course with questions, in their latest version.</summary>
public record QuestionBankCard(Guid CourseId, string CourseCode, int Version, int Questions, int Draw, DateTimeOffset PublishedAt)
{
    public static QuestionBankCard Of(QuestionBank bank) =>
        new(bank.CourseId.Value, bank.CourseCode, bank.Latest.Number, bank.Latest.Questions.Length, bank.Latest.Draw, bank.Latest.PublishedAt);
}

/// <summary>The latest version with its right answers: for those who write questions.</summary>
static class GetQuestionBank
{
    internal static async Task<Ok<BankVersion>> Handle(Guid courseId, IQuerySession query, CancellationToken ct) =>
        TypedResults.Ok((await query.LoadAsync<QuestionBank>(QuestionBank.IdOf(new(courseId)), ct) ?? throw new Missing("Question bank of course", courseId)).Latest);
}

static class ListQuestionBanks
{
    internal static async Task<Ok<Page<QuestionBankCard>>> Handle(int? skip, int? take, IQuerySession query, CancellationToken ct) =>
        TypedResults.Ok(await query.Query<QuestionBank>().OrderBy(bank => bank.CourseCode).ThenBy(bank => bank.Id).Page(QuestionBankCard.Of, skip, take, ct));
}
