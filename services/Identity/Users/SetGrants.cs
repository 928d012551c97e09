using System.Collections.Immutable;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;

namespace Training.Identity.Users;

/// <summary>The roles a user has from now on; others are withdrawn.</summary>
public record SetGrants(ImmutableArray<Grant> Grants, DateTimeOffset At);

public static class SetGrantsHandler
{
    public static IUserFact[] Decide(User user, SetGrants command)
    {
        foreach (var grant in command.Grants)
        {
            if (!Role.All.Contains(grant.Role)) throw new RuleBroken("unknown-role", $"There is no role {grant.Role}.");
            if (!IsReach(grant.Reach)) throw new RuleBroken("unknown-reach", $"'{grant.Reach}' is neither group, region:…, estate:{{id}} nor self:{{id}}.");
        }
        return
        [
            .. user.Grants.Except(command.Grants).Select(grant => new RoleWithdrawn(grant.Role, grant.Reach, command.At)),
            .. command.Grants.Except(user.Grants).Select(grant => new RoleGranted(grant.Role, grant.Reach, command.At)),
        ];
    }

    static bool IsReach(string reach) => reach == "group" || reach.Split(':') switch
    {
        ["region", { Length: > 0 } code] => !code.Contains(' '),
        ["estate" or "self", var id] => Guid.TryParseExact(id, "D", out _),
        _ => false,
    };

    public record Body(ImmutableArray<Grant> Grants);

    internal static async Task<NoContent> Handle(Guid userId, Body body, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        await session.Change<User>(userId, user => Decide(user, new(body.Grants, clock.GetUtcNow())), ct);
        return TypedResults.NoContent();
    }
}
