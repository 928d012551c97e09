using System.Collections.Immutable;
using Marten;
using MassTransit;
using Training.Contracts.Catalogue.V1;
using Training.Evaluation.Evaluations;
using Training.Foundation;

namespace Training.Evaluation.Knowledge;

/// <summary>The newest version of a course as the catalogue announced it.</summary>
public record KnownCourse(Guid Id, string Code, string Title, string TitleEnglish, ImmutableArray<CourseStep> Steps, int ValidityMonths, bool Retired);

sealed class CourseConsumer(IDocumentSession session) : IConsumer<CoursePublished>, IConsumer<CourseRetired>
{
    public Task Consume(ConsumeContext<CoursePublished> context)
    {
        var message = context.Message;
        session.Store(new KnownCourse(
            message.CourseId, message.Code, message.Title, message.TitleEnglish,
            [.. message.Steps.Select(step => new CourseStep(step.CompetencyCode, step.FromLevel, step.ToLevel))], message.ValidityMonths, Retired: false));
        return Task.CompletedTask;
    }

    public async Task Consume(ConsumeContext<CourseRetired> context)
    {
        var id = context.Message.CourseId;
        var course = await session.LoadAsync<KnownCourse>(id, context.CancellationToken) ?? throw new Missing("Course", id);
        session.Store(course with { Retired = true });
    }
}
