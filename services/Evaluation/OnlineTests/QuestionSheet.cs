using System.Collections.Immutable;
using System.Globalization;
using Training.Evaluation.Evaluations;
using Training.Evaluation.QuestionBanks;
using Training.Foundation;

namespace Training.Evaluation.OnlineTests;

/// <summary>One question on the sheet: which it is in the bank, and its options in the order shown.</summary>
public record SheetQuestion(int Question, ImmutableArray<int> Options);

/// <summary>The questions somebody gets at one attempt: the same however often he looks, others at the next attempt and for his neighbour.</summary>
public record QuestionSheet(ImmutableArray<SheetQuestion> Questions)
{
    public static QuestionSheet Draw(BankVersion bank, RunId run, EmployeeId employee, int attempt)
    {
        return new([.. Shuffled("question", bank.Questions.Length).Take(bank.Draw).Select(question => new SheetQuestion(question, [.. Shuffled($"options of {question}", bank.Questions[question].Options.Length)]))]);

        IEnumerable<int> Shuffled(string what, int count) => Enumerable.Range(0, count).OrderBy(item => DerivedId.Of(
            what, run.Value.ToString(), employee.Value.ToString(), attempt.ToString(CultureInfo.InvariantCulture), item.ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>The options chosen, counted as shown, in the numbers of the bank.</summary>
    public ImmutableArray<SheetAnswer> Read(ImmutableArray<ImmutableArray<int>> answers)
    {
        if (answers.Length != Questions.Length) throw new RuleBroken("answers-missing", $"The sheet has {Questions.Length} questions; {answers.Length} are answered.");
        return [.. Questions.Zip(answers).Select((pair, index) =>
        {
            var (question, chosen) = pair;
            if (chosen.IsDefaultOrEmpty || chosen.Distinct().Count() < chosen.Length || chosen.Any(option => option < 0 || option >= question.Options.Length))
                throw new RuleBroken("answer-out-of-range", $"Question {index + 1} needs one or several of its {question.Options.Length} options.");
            return new SheetAnswer(question.Question, [.. chosen.Select(option => question.Options[option]).Order()]);
        })];
    }
}
