using System.Collections.Immutable;
using Training.Foundation;

namespace Training.Evaluation.QuestionBanks;

/// <summary>What a learner reads, in Chinese and in English.</summary>
public record Wording(string Chinese, string English);

/// <summary>One question; <paramref name="Right"/> counts options from 0. With several right ones all of them must be chosen, and no other.</summary>
public record Question(Wording Stem, ImmutableArray<Wording> Options, ImmutableArray<int> Right);

/// <summary>The questions of a course as they were published together; <paramref name="Draw"/> of them make a test.</summary>
public record BankVersion(int Number, int Draw, ImmutableArray<Question> Questions, DateTimeOffset PublishedAt);

public interface IQuestionBankFact : IFact;
public record QuestionBankPublished(CourseId CourseId, string CourseCode, int Version, int Draw, ImmutableArray<Question> Questions, DateTimeOffset At) : IQuestionBankFact;

/// <summary>All versions of the questions of one course, oldest first.</summary>
public partial record QuestionBank(Guid Id, CourseId CourseId, string CourseCode, ImmutableArray<BankVersion> Versions)
{
    public static Guid IdOf(CourseId course) => DerivedId.Of("question-bank", course.Value.ToString());

    public BankVersion Latest => Versions[^1];

    /// <summary>The version in force when a run ended, so that a later one changes no test under way; a run that ended before there was any gets the first.</summary>
    public BankVersion For(DateTimeOffset endedAt) => Versions.LastOrDefault(version => version.PublishedAt <= endedAt) ?? Versions[0];

    public static QuestionBank Create(QuestionBankPublished e) => new QuestionBank(IdOf(e.CourseId), e.CourseId, e.CourseCode, []).Apply(e);
    public QuestionBank Apply(QuestionBankPublished e) => this with { CourseCode = e.CourseCode, Versions = Versions.Add(new(e.Version, e.Draw, e.Questions, e.At)) };
}
