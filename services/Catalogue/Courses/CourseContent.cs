using System.Collections.Immutable;
using Training.Foundation;

namespace Training.Catalogue.Courses;

/// <summary>
/// What a version of a course says. Learners are heads per session; validity in months, 0 for ever. A session costs <c>CostPerRun</c> and
/// <c>CostPerLearner</c> for each who attends (F12).
/// </summary>
public record CourseContent(
    string Title, string TitleEnglish, Module Module, Mode Mode, int Minutes, int MinLearners, int MaxLearners,
    ImmutableArray<CompetencyStep> Steps, ImmutableArray<AudienceShare> Audience, ImmutableArray<CourseId> Prerequisites,
    int ValidityMonths, string FundCategory, Grade TrainerGrade, ImmutableArray<string> Equipment, Money CostPerRun, Money CostPerLearner)
{
    const int HighestLevel = 5;

    public bool Same(CourseContent other) =>
        WithoutLists() == other.WithoutLists() && Steps.SequenceEqual(other.Steps) && Audience.SequenceEqual(other.Audience)
        && Prerequisites.SequenceEqual(other.Prerequisites) && Equipment.SequenceEqual(other.Equipment);

    /// <exception cref="RuleBroken">The content contradicts itself.</exception>
    public void Check()
    {
        if (Minutes <= 0) throw new RuleBroken("no-duration", "A course takes at least a minute.");
        if (Mode != Mode.ELearning && MinLearners < 1) throw new RuleBroken("no-minimum", "A session needs at least one learner.");
        if (MinLearners > MaxLearners) throw new RuleBroken("minimum-above-maximum", $"{MinLearners} learners at least and {MaxLearners} at most don't go together.");
        if (Mode != Mode.ELearning && TrainerGrade == Grade.E) throw new RuleBroken("no-trainer-grade", "Only e-learning needs no trainer.");
        if (ValidityMonths < 0) throw new RuleBroken("negative-validity", "A pass counts for some months, or 0 for ever.");
        if (CostPerRun.Amount < 0 || CostPerLearner.Amount < 0) throw new RuleBroken("negative-cost", "A course can't cost less than nothing.");
        if (CostPerRun.Currency.Length != 3) throw new RuleBroken("no-currency", "The currency is an ISO 4217 code of three letters, such as CNY.");
        if (Steps.Length == 0) throw new RuleBroken("no-steps", "A course lifts at least one competency.");
        if (Steps.FirstOrDefault(step => step.FromLevel < 0 || step.ToLevel > HighestLevel || step.FromLevel >= step.ToLevel) is { } wrong)
            throw new RuleBroken("step-out-of-range", $"{wrong.CompetencyCode} can't go from {wrong.FromLevel} to {wrong.ToLevel}; levels rise between 0 and {HighestLevel}.");
        if (Audience.FirstOrDefault(share => share.PerYear <= 0) is { } nobody)
            throw new RuleBroken("frequency-out-of-range", $"{nobody.PositionCode} needs the course more often than {nobody.PerYear} times a year, or isn't its audience.");
    }

    CourseContent WithoutLists() => this with { Steps = [], Audience = [], Prerequisites = [], Equipment = [] };
}
