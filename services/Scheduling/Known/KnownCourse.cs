using System.Collections.Immutable;
using Marten;
using MassTransit;
using Training.Contracts.Catalogue.V1;
using Training.Foundation;

namespace Training.Scheduling.Known;

/// <summary>What Scheduling knows of a course, in its latest version.</summary>
public record KnownCourse(
    Guid Id, string Code, string Mode, int Minutes, int MinLearners, int MaxLearners, string TrainerGrade, ImmutableArray<string> Equipment,
    string FundCategory, Money PerRun, Money PerLearner, bool Retired)
{
    /// <summary>Courses to have passed before.</summary>
    public ImmutableArray<Guid> Prerequisites { get; init; } = [];

    /// <summary>Learnt alone, without a session.</summary>
    public bool NeedsNoSession => Mode == "ELearning";

    /// <summary>Learnt where the work is done.</summary>
    public bool OnSite => Mode is "OJT" or "Drill";
}

sealed class KnownCourseConsumer(IDocumentSession session) : IConsumer<CoursePublished>, IConsumer<CourseRetired>
{
    public Task Consume(ConsumeContext<CoursePublished> context)
    {
        var message = context.Message;
        session.Store(new KnownCourse(message.CourseId, message.Code, message.Mode, message.Minutes, message.MinLearners, message.MaxLearners,
            message.TrainerGrade, [.. message.Equipment], message.FundCategory, new(message.CostPerRun, message.Currency),
            new(message.CostPerLearner, message.Currency), Retired: false) { Prerequisites = [.. message.Prerequisites] });
        return Task.CompletedTask;
    }

    public Task Consume(ConsumeContext<CourseRetired> context) =>
        session.Revise<KnownCourse>(context.Message.CourseId, course => course with { Retired = true }, context.CancellationToken);
}
