using System.Collections.Immutable;
using Marten;
using MassTransit;
using Training.Contracts.Catalogue.V1;
using Training.Foundation;
using Step = Training.NeedsAssessment.Profiles.Step;

namespace Training.NeedsAssessment.Plans;

/// <summary>A course as the Catalogue told of it.</summary>
public record KnownCourse(Guid Id, string Code, string Mode, int Minutes, ImmutableArray<Step> Steps, ImmutableArray<string> Audience, bool Live)
{
    /// <summary>E-learning needs neither places nor a plan.</summary>
    public bool HasPlaces => Mode != "ELearning";

    public bool IsFor(string positionCode) => Audience.IsEmpty || Audience.Contains(positionCode);
}

sealed class CourseConsumer(IDocumentSession session) : IConsumer<CoursePublished>, IConsumer<CourseRetired>
{
    public Task Consume(ConsumeContext<CoursePublished> context)
    {
        var message = context.Message;
        session.Store(new KnownCourse(
            message.CourseId, message.Code, message.Mode, message.Minutes,
            [.. message.Steps.Select(step => new Step(step.CompetencyCode, step.FromLevel, step.ToLevel))], [.. message.Audience], Live: true));
        return Task.CompletedTask;
    }

    public async Task Consume(ConsumeContext<CourseRetired> context)
    {
        var id = context.Message.CourseId;
        session.Store(await session.LoadAsync<KnownCourse>(id, context.CancellationToken) is { } course
            ? course with { Live = false }
            : throw new Missing("Course", id));
    }
}
