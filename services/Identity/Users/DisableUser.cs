using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;

namespace Training.Identity.Users;

public record DisableUser(string Reason, DateTimeOffset At);
public record EnableUser(DateTimeOffset At);

public static class DisableUserHandler
{
    public static IUserFact[] Decide(User user, DisableUser command) => user.Disabled ? [] : [new UserDisabled(command.Reason, command.At)];

    public static IUserFact[] Decide(User user, EnableUser command) => user.Disabled ? [new UserEnabled(command.At)] : [];

    public record Body(string Reason);

    /// <summary>Sessions end with the next refresh of their tokens, which live for minutes.</summary>
    internal static async Task<NoContent> Disable(Guid userId, Body body, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        await session.Amend<User>(userId, user => Decide(user, new DisableUser(body.Reason, clock.GetUtcNow())), ct);
        if (await session.LoadAsync<Account>(userId, ct) is { } account)
        {
            account.EndSessions();
            session.Store(account);
        }
        await session.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }

    internal static async Task<NoContent> Enable(Guid userId, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        await session.Change<User>(userId, user => Decide(user, new EnableUser(clock.GetUtcNow())), ct);
        return TypedResults.NoContent();
    }
}
