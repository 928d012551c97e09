using Marten;
using MassTransit;
using Training.Contracts.Evaluation.V1;
using Training.Foundation;

namespace Training.Scheduling.Known;

/// <summary>What Scheduling knows of a certificate: the last day on which somebody's latest pass of a course counts.</summary>
public record KnownCertificate(Guid Id, Guid EmployeeId, Guid CourseId, DateOnly ValidTo)
{
    public static Guid IdOf(Guid employee, Guid course) => DerivedId.Of("certificate", employee.ToString(), course.ToString());
}

sealed class KnownCertificateConsumer(IDocumentSession session) : IConsumer<LearningProven>
{
    public async Task Consume(ConsumeContext<LearningProven> context)
    {
        var course = context.Message.CourseId;
        var told = context.Message.Learners.Where(learner => learner.ValidTo is not null).ToList();
        var known = (await session.LoadManyAsync<KnownCertificate>(context.CancellationToken, [.. told.Select(learner => KnownCertificate.IdOf(learner.EmployeeId, course))]))
            .ToDictionary(certificate => certificate.EmployeeId);
        foreach (var learner in told)
            // Two runs of a course may be marked in any order: the pass that counts longer stays.
            if (!known.TryGetValue(learner.EmployeeId, out var before) || before.ValidTo < learner.ValidTo)
                session.Store(new KnownCertificate(KnownCertificate.IdOf(learner.EmployeeId, course), learner.EmployeeId, course, learner.ValidTo ?? default));
    }
}
