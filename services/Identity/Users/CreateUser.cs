using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;

namespace Training.Identity.Users;

public record CreateUser(UserId UserId, ImmutableArray<Grant> Grants, DateTimeOffset At);

public static partial class CreateUserHandler
{
    public static IUserFact[] Decide(User? user, CreateUser command)
    {
        if (user is not null) return [];
        return [new UserCreated(command.UserId, command.At), .. SetGrantsHandler.Decide(new(command.UserId.Value, [], false), new(command.Grants, command.At))];
    }

    public record Body(string Name, string DisplayName, string Password, ImmutableArray<Grant> Grants);

    internal static async Task<Ok<UserCard>> Handle(Body body, Origin origin, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        if (!NameForm().IsMatch(body.Name)) throw new RuleBroken("bad-name", "A name has 2 to 60 small letters, digits, dots and hyphens.");
        var id = User.IdOf(origin.Tenant, body.Name);
        if (await session.LoadAsync<Account>(id, ct) is not null) throw new RuleBroken("name-taken", $"There is a user {body.Name} already.");

        var account = new Account { Id = id, Tenant = origin.Tenant, Name = body.Name, DisplayName = body.DisplayName };
        account.SetPassword(body.Password);
        session.Insert(account);
        await session.Begin<User>(id, user => Decide(user, new(new(id), body.Grants, clock.GetUtcNow())), ct);
        return TypedResults.Ok(await UserCard.Load(id, session, ct));
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9.-]{1,59}$")]
    private static partial Regex NameForm();
}
