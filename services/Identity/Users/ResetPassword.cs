using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;

namespace Training.Identity.Users;

/// <summary>That it was reset, by whom and when is a fact; the password is not.</summary>
public record ResetPassword(DateTimeOffset At);

public static class ResetPasswordHandler
{
    public static IUserFact[] Decide(ResetPassword command) => [new PasswordReset(command.At)];

    public record Body(string Password);

    internal static async Task<NoContent> Handle(Guid userId, Body body, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        await session.Amend<User>(userId, _ => Decide(new(clock.GetUtcNow())), ct);
        var account = await session.LoadAsync<Account>(userId, ct) ?? throw new Missing("Account", userId);
        account.SetPassword(body.Password);
        session.Store(account);
        await session.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
