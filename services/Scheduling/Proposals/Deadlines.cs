using Marten;
using Training.Scheduling.Known;
using Training.Scheduling.Runs;
using Training.Scheduling.Situations;

namespace Training.Scheduling.Proposals;

/// <summary>By when learners need a course again, because the certificate it renews, or the licence it prepares for, runs out.</summary>
sealed class Deadlines(IReadOnlyDictionary<Guid, KnownCertificate> certificates, IReadOnlyDictionary<Guid, KnownEmployee> staff, IReadOnlyDictionary<string, string> licences)
{
    /// <param name="session">Where they are known.</param>
    /// <param name="runs">Whose learners.</param>
    /// <param name="licences">Licence by the code of the course that renews it.</param>
    /// <param name="ct">Ends it.</param>
    internal static async Task<Deadlines> Of(IQuerySession session, IReadOnlyCollection<CourseRun> runs, IReadOnlyDictionary<string, string> licences, CancellationToken ct)
    {
        Guid[] certificates = [.. runs.SelectMany(run => run.Learners.Select(learner => KnownCertificate.IdOf(learner.EmployeeId.Value, run.Offer.CourseId.Value))).Distinct()];
        Guid[] holders = [.. runs.Where(run => licences.ContainsKey(run.Offer.CourseCode)).SelectMany(run => run.Learners.Select(learner => learner.EmployeeId.Value)).Distinct()];
        return new(
            (await session.LoadManyAsync<KnownCertificate>(ct, certificates)).ToDictionary(certificate => certificate.Id),
            (await session.LoadManyAsync<KnownEmployee>(ct, holders)).ToDictionary(employee => employee.Id), licences);
    }

    /// <summary>The last day on which a class counts: <see cref="Demand.Deadline"/>. What has run out already is due within the horizon; what outlasts it is not due.</summary>
    internal DateOnly Of(Learner learner, Offer offer, DateOnly from, DateOnly to)
    {
        var ends = certificates.TryGetValue(KnownCertificate.IdOf(learner.EmployeeId.Value, offer.CourseId.Value), out var certificate) ? certificate.ValidTo : DateOnly.MaxValue;
        if (licences.TryGetValue(offer.CourseCode, out var licence) && staff.TryGetValue(learner.EmployeeId.Value, out var employee) && employee.Licences.TryGetValue(licence, out var expires) && expires < ends)
            ends = expires;
        return ends < from ? to : ends <= to ? ends : DateOnly.MaxValue;
    }
}
