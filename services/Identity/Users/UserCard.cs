using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;

namespace Training.Identity.Users;

/// <summary>A user as those see them who manage users.</summary>
public record UserCard(Guid Id, string SignInName, string DisplayName, IReadOnlyList<Grant> Grants, bool Disabled, DateTimeOffset? LockedUntil)
{
    internal static async Task<UserCard> Load(Guid id, IQuerySession query, CancellationToken ct) =>
        Of(await query.LoadAsync<User>(id, ct) ?? throw new Missing("User", id), await query.LoadAsync<Account>(id, ct));

    internal static UserCard Of(User user, Account? account) => new(
        user.Id, account?.SignInName ?? "", account?.DisplayName ?? "", user.Grants, user.Disabled,
        account is { LockedUntil: var until } && until > DateTimeOffset.MinValue ? until : null);
}

static class GetUser
{
    internal static async Task<Ok<UserCard>> Handle(Guid userId, IQuerySession query, CancellationToken ct) =>
        TypedResults.Ok(await UserCard.Load(userId, query, ct));
}

static class ListUsers
{
    internal static async Task<Ok<Page<UserCard>>> Handle(int? skip, int? take, IQuerySession query, CancellationToken ct)
    {
        var page = await query.Query<User>().OrderBy(user => user.Id).Page(user => user, skip, take, ct);
        var accounts = (await query.LoadManyAsync<Account>(ct, [.. page.Items.Select(user => user.Id)])).ToDictionary(account => account.Id);
        return TypedResults.Ok(new Page<UserCard>([.. page.Items.Select(user => UserCard.Of(user, accounts.GetValueOrDefault(user.Id)))], page.Total));
    }
}
