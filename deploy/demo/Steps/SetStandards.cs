using Training.Foundation;

namespace Training.Demo;

/// <summary>What every position and role must be able to do, and where everybody stands today.</summary>
static class SetStandards
{
    const string NeedsAssessment = nameof(NeedsAssessment);

    public static Task Publish(Stage stage) => stage.Step("standards", async () =>
    {
        var (group, ct) = (stage.Group, stage.Ct);
        await Platform.Each(group.Positions, async (position, token) =>
            await stage.Platform.Put(NeedsAssessment, $"/standards/position/{position.Code}", new
            {
                requirements = group.Competencies.Where(competency => competency.Required.ContainsKey(position.Code))
                    .Select(competency => Requirement(competency, competency.Required[position.Code])),
            }, Role.GroupTrainingManager, token), ct);
        await Platform.Each(group.Roles, async (role, token) =>
            await stage.Platform.Put(NeedsAssessment, $"/standards/role/{role.Code}", new
            {
                requirements = role.Required.Select(required => Requirement(group.Competencies.Single(competency => competency.Code == required.Key), required.Value)),
            }, Role.GroupTrainingManager, token), ct);
        return $"{group.Positions.Count} positions and {group.Roles.Count} roles";
    });

    public static async Task Assess(Stage stage)
    {
        var people = stage.People.All;
        await Platform.Until("everybody has a competency profile", async () =>
            (await stage.Platform.Get(NeedsAssessment, "/gaps/summary", stage.Ct)).GetProperty("heads").GetInt32() >= people.Count, stage.Ct, seconds: 1);
        await stage.Step("roles", async () =>
        {
            await Platform.Each(stage.People.Roles, async (holder, token) => await stage.Platform.Put(
                NeedsAssessment, $"/employees/{holder.Person.EmployeeId}/roles/{holder.Role}", null, Role.GroupTrainingManager, token), stage.Ct);
            return $"{stage.People.Roles.Count} trainers, coaches and inspectors";
        });
        await stage.Step("assessments", async () =>
        {
            await Platform.Each(people.GroupBy(person => person.Estate), async (staff, token) =>
                await stage.Platform.Post(NeedsAssessment, "/assessments", new
                {
                    cycle = $"baseline-{stage.Quarter.Label}",
                    source = "Observation",
                    assessor = $"quality-{staff.Key.Region}",
                    at = stage.Quarter.At(stage.Quarter.Today, TimeSpan.Zero),
                    people = staff.Select(person => new { employeeId = person.EmployeeId, ratings = stage.People.LevelsOf(person.EmployeeId) }),
                }, Role.GroupTrainingManager, token), stage.Ct, parallelism: 2);
            return $"{people.Sum(person => stage.People.LevelsOf(person.EmployeeId).Count):N0} ratings";
        });
    }

    static object Requirement(Competency competency, int level) =>
        new { competencyCode = competency.Code, level, weight = competency.Weight, criticality = competency.Criticality };
}
