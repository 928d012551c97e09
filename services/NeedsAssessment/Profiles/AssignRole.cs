using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;
using Training.NeedsAssessment.Standards;

namespace Training.NeedsAssessment.Profiles;

public record AssignRole(string Role, DateTimeOffset At);
public record WithdrawRole(string Role, DateTimeOffset At);

public static class AssignRoleHandler
{
    public static IProfileFact[] Decide(CompetencyProfile profile, StandardBook standards, AssignRole command)
    {
        if (profile.Roles.Contains(command.Role)) return [];
        if (!profile.Active) throw new RuleBroken("employee-left", "Someone who left takes no role.");
        Length.AtMost(Length.OfCode, command.Role);
        var assigned = new RoleAssigned(command.Role, command.At);
        var after = profile.Apply(assigned);
        return [assigned, .. MeasureGaps.Decide(after, standards.For(after.PositionCode, after.Roles), command.At)];
    }

    public static IProfileFact[] Decide(CompetencyProfile profile, StandardBook standards, WithdrawRole command)
    {
        if (!profile.Roles.Contains(command.Role)) return [];
        var withdrawn = new RoleWithdrawn(command.Role, command.At);
        var after = profile.Apply(withdrawn);
        return [withdrawn, .. MeasureGaps.Decide(after, standards.For(after.PositionCode, after.Roles), command.At)];
    }

    internal static Task<NoContent> Assign(
        Guid employeeId, string role, Caller caller, Origin origin, IDocumentSession session, TimeProvider clock, CancellationToken ct) =>
        Change(employeeId, (profile, standards) => Decide(profile, standards, new AssignRole(role, clock.GetUtcNow())), caller, origin, session, ct);

    internal static Task<NoContent> Withdraw(
        Guid employeeId, string role, Caller caller, Origin origin, IDocumentSession session, TimeProvider clock, CancellationToken ct) =>
        Change(employeeId, (profile, standards) => Decide(profile, standards, new WithdrawRole(role, clock.GetUtcNow())), caller, origin, session, ct);

    static async Task<NoContent> Change(
        Guid employeeId, Func<CompetencyProfile, StandardBook, IProfileFact[]> decide, Caller caller, Origin origin, IDocumentSession session, CancellationToken ct)
    {
        var (standards, estates) = (await StandardBook.Load(session, ct), await KnownEstates.Load(session, ct));
        await session.Change<CompetencyProfile>(CompetencyProfile.IdOf(origin.Tenant, employeeId), profile =>
        {
            caller.MustReach(profile.EstateId, estates.RegionOf(profile.EstateId));
            return decide(profile, standards);
        }, ct);
        return TypedResults.NoContent();
    }
}
