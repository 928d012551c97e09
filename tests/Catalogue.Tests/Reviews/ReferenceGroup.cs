using System.Text.Json;
using Training.Catalogue.Courses;
using Training.Catalogue.Reviews;
using Training.Catalogue.Trainers;
using Training.Foundation;

namespace Training.Catalogue.Tests.Reviews;

/// <summary>The reference group as far as reviews need it, with the answers known for it.</summary>
sealed record ReferenceGroup(
    IReadOnlyDictionary<string, int> Heads, IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> Positions,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> Roles, IReadOnlyList<ReferenceGroup.CourseLine> Courses, IReadOnlyList<ReferenceGroup.TrainerLine> Trainers)
{
    public sealed record CourseLine(
        string Code, string Title, string TitleEnglish, Mode Mode, int Minutes, int MinLearners, int MaxLearners, IReadOnlyList<PublishCourseHandler.Step> Steps,
        IReadOnlyDictionary<string, decimal> Audience, Grade TrainerGrade, int ValidityMonths, string FundCategory, int Learners, int Sessions)
    {
        public PublishCourseHandler.Body Body => new(
            Code, Title, TitleEnglish, Enum.Parse<Module>(Code[..1]), Mode, Minutes, Steps, Audience, ValidityMonths, FundCategory, 0, 0, "CNY",
            MinLearners, MaxLearners, TrainerGrade);
    }

    public sealed record TrainerLine(Grade Grade, int Heads, decimal HoursPerYear, decimal DemandedHours);

    public static ReferenceGroup Load()
    {
        using var file = typeof(ReferenceGroup).Assembly.GetManifestResourceStream("reference-group.json") ?? throw new InvalidOperationException("The reference group is missing.");
        return JsonSerializer.Deserialize<ReferenceGroup>(file, House.Options) ?? throw new InvalidOperationException("The reference group is empty.");
    }

    public IReadOnlyList<Course> Published() => [.. Courses.Select(line => CatalogueFacts.Course(line.Code, line.Body.Content()))];

    public IReadOnlyList<KnownStandard> PositionStandards() => [.. Positions.Select(position => new KnownStandard($"position/{position.Key}", true, position.Key, 1, position.Value))];

    public IReadOnlyList<KnownStandard> RoleStandards() => [.. Roles.Select(role => new KnownStandard($"role/{role.Key}", false, role.Key, 1, role.Value))];

    public IReadOnlyList<Trainer> Faculty() =>
    [
        .. from line in Trainers
           from number in Enumerable.Range(1, line.Heads)
           select Given<Trainer>.That(new TrainerRegistered(
               new(DerivedId.Of("trainer", $"{line.Grade}-{number}")), CatalogueFacts.Profile with { Grade = line.Grade, HoursPerYear = line.HoursPerYear }, CatalogueFacts.Now)).State,
    ];
}
