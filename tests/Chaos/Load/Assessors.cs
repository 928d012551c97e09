using System.Globalization;
using Training.Chaos.Ground;
using Training.Foundation;

namespace Training.Chaos.Load;

/// <summary>Standards are set and people rated below them, so that there is always something to train.</summary>
sealed class Assessors(Site site, ClientLog log, Group group, int seed) : Actor(site, log, group, seed)
{
    const string NeedsAssessment = nameof(NeedsAssessment);

    int cycle, standards;

    protected override TimeSpan Pause => TimeSpan.FromMilliseconds(900);

    public async Task Settle(CancellationToken ct)
    {
        foreach (var position in Group.Positions) await Standard(position, first: true, ct);
        await Eventually.True(async () => await Client.Get(NeedsAssessment, "/gaps/summary", ct) is { } gaps && gaps.GetProperty("heads").GetInt32() >= Group.People,
            "the cohort has competency profiles", TimeSpan.FromMinutes(2));
        await Rate([.. Group.Cohort], ct);
        await Post(NewOrder(NeedsAssessment, "refresh needs"), "/needs/refresh", null, Role.GroupTrainingManager, ct);
        var board = await Client.Get(NeedsAssessment, "/needs?take=500", ct) ?? throw new InvalidOperationException("There is no board of needs.");
        var candidates = board.GetProperty("items").EnumerateArray().Select(need => need.GetProperty("id").GetGuid()).ToList();
        await Post(NewOrder(NeedsAssessment, "approve needs", new Expected("need_approved", candidates.Count, candidates.Count)), "/needs/approve", new { needIds = candidates }, Role.GroupTrainingManager, ct);
    }

    protected override Task Next(CancellationToken stop, CancellationToken end) => Random.Next(8) switch
    {
        0 => Standard(Any(Group.Positions), first: false, end),
        1 => Rate([$"{Group.Tenant}-nobody"], end),
        _ => Rate([.. Group.Cohort.OrderBy(_ => Random.Next()).Take(Random.Next(1, 4))], end),
    };

    async Task Standard(string position, bool first, CancellationToken ct) => await Put(
        NewOrder(NeedsAssessment, "publish standard", new Expected("competency_standard_published", 1, first ? 1 : 0)), $"/standards/position/{position}",
        new { requirements = Group.Competencies.Select(code => new { competencyCode = code, level = 3, weight = 1 + 0.001m * ++standards, criticality = 1m }).ToList() }, Role.GroupTrainingManager, ct);

    async Task Rate(IReadOnlyList<string> people, CancellationToken ct)
    {
        cycle++;
        // Hours ahead, as far as a rating may be: no test passed in the meantime is later, so that each of them counts.
        var at = DateTime.UtcNow.AddHours(12);
        await Post(NewOrder(NeedsAssessment, "assess", new Expected("ratings_recorded", people.Count, people.Count)), "/assessments", new
        {
            cycle = $"{Group.Tenant}-{cycle}", source = "Observation", assessor = $"{Group.Tenant}-quality", at = at.ToString("O", CultureInfo.InvariantCulture),
            // Drawn once: a command that is given again says the same.
            people = people.Select(person => new { employeeId = Group.EmployeeId(person), ratings = Group.Competencies.ToDictionary(code => code, _ => Random.Next(0, 3)) }).ToList(),
        }, Role.GroupTrainingManager, ct);
    }
}
