using System.Collections.Immutable;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Evaluation.Knowledge;
using Training.Foundation;

namespace Training.Evaluation.QuestionBanks;

public record PublishQuestionBank(CourseId CourseId, string CourseCode, int Version, int Draw, ImmutableArray<Question> Questions, DateTimeOffset At);

public static class PublishQuestionBankHandler
{
    const int FewestOptions = 2, MostOptions = 6, MostQuestions = 500;

    public static IQuestionBankFact[] Decide(QuestionBank? bank, PublishQuestionBank command)
    {
        if (command.Questions.Length is 0 or > MostQuestions) throw new RuleBroken("questions-out-of-range", $"A bank has 1 to {MostQuestions} questions.");
        if (command.Draw < 1 || command.Draw > command.Questions.Length)
            throw new RuleBroken("draw-out-of-range", $"A test draws 1 to {command.Questions.Length} of the {command.Questions.Length} questions, not {command.Draw}.");
        foreach (var (index, question) in command.Questions.Index()) Check(index + 1, question);
        if (command.Questions.GroupBy(question => question.Stem.Chinese).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new RuleBroken("question-twice", $"The question \"{twice.Key}\" is there twice.");

        var latest = bank?.Latest.Number ?? 0;
        if (command.Version == latest + 1) return [new QuestionBankPublished(command.CourseId, command.CourseCode, command.Version, command.Draw, command.Questions, command.At)];
        if (bank?.Versions.FirstOrDefault(version => version.Number == command.Version) is { } known && known.Draw == command.Draw && Same(known.Questions, command.Questions)) return [];
        throw new RuleBroken("version-taken", $"The next version of this bank is {latest + 1}.");
    }

    static void Check(int number, Question question)
    {
        if (Empty(question.Stem)) throw new RuleBroken("question-empty", $"Question {number} has no text in both languages.");
        if (question.Options.Length is < FewestOptions or > MostOptions) throw new RuleBroken("options-out-of-range", $"Question {number} has {question.Options.Length} options; {FewestOptions} to {MostOptions} are possible.");
        if (question.Options.Any(Empty)) throw new RuleBroken("option-empty", $"Question {number} has an option without text in both languages.");
        if (question.Options.DistinctBy(option => option.Chinese).Count() < question.Options.Length || question.Options.DistinctBy(option => option.English).Count() < question.Options.Length)
            throw new RuleBroken("option-twice", $"Question {number} has an option twice.");
        if (question.Right.IsEmpty || question.Right.Distinct().Count() < question.Right.Length || question.Right.Length == question.Options.Length || question.Right.Any(right => right < 0 || right >= question.Options.Length))
            throw new RuleBroken("right-out-of-range", $"Question {number} needs at least one right and one wrong option among its {question.Options.Length}.");
    }

    static bool Empty(Wording wording) => string.IsNullOrWhiteSpace(wording.Chinese) || string.IsNullOrWhiteSpace(wording.English);

    static bool Same(ImmutableArray<Question> left, ImmutableArray<Question> right) =>
        left.Length == right.Length && left.Zip(right).All(pair => pair.First.Stem == pair.Second.Stem
            && pair.First.Options.SequenceEqual(pair.Second.Options) && pair.First.Right.Order().SequenceEqual(pair.Second.Right.Order()));

    public record Body
    {
        /// <summary>One more than the latest.</summary>
        public required int Version { get; init; }
        /// <summary>Questions of a test.</summary>
        public required int Draw { get; init; }
        public required ImmutableArray<Question> Questions { get; init; }
    }

    internal static async Task<NoContent> Handle(Guid courseId, Body body, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var course = await session.LoadAsync<KnownCourse>(courseId, ct) ?? throw new Missing("Course", courseId);
        var command = new PublishQuestionBank(new(courseId), course.Code, body.Version, body.Draw, body.Questions, clock.GetUtcNow());
        await session.Begin<QuestionBank>(QuestionBank.IdOf(command.CourseId), bank => Decide(bank, command), ct);
        return TypedResults.NoContent();
    }
}
