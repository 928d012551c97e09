using JasperFx;
using Marten;
using Training.Foundation;
using Training.Identity.Users;

namespace Training.Identity.SignIn;

/// <summary>Somebody may try five times; then the account is closed for a quarter of an hour, which is a fact.</summary>
sealed class CheckPassword(IDocumentStore store, TimeProvider clock)
{
    const int Tries = 5;
    static readonly TimeSpan Pause = TimeSpan.FromMinutes(15);

    /// <summary>The account, when the password is right and the user may sign in; null otherwise, whatever the reason.</summary>
    public async Task<Account?> Try(string signInName, string password, CancellationToken ct)
    {
        await using var query = store.QuerySession();
        var name = signInName.Trim().ToLowerInvariant();
        if (await query.Query<Account>().FirstOrDefaultAsync(account => account.SignInName == name, ct) is not { } found)
        {
            Account.PretendToCheck(password);
            return null;
        }
        // Counted before it is looked at, one after the other: guesses sent side by side don't get more tries.
        if (await Count(found, ct) is not { } counted || !counted.Knows(password)) return null;

        while (true)
        {
            await using var session = Open(found.Tenant);
            if (await session.LoadAsync<User>(found.Id, ct) is not { Disabled: false } || await session.LoadAsync<Account>(found.Id, ct) is not { } account) return null;
            (account.Tries, account.LockedUntil) = (0, DateTimeOffset.MinValue);
            session.Store(account);
            try { await session.SaveChangesAsync(ct); }
            // The same person signs in elsewhere at this moment.
            catch (ConcurrencyException) { continue; }
            return account;
        }
    }

    async Task<Account?> Count(Account found, CancellationToken ct)
    {
        while (true)
        {
            await using var session = Open(found.Tenant);
            if (await session.LoadAsync<Account>(found.Id, ct) is not { } account || account.LockedUntil > clock.GetUtcNow()) return null;
            if (++account.Tries > Tries)
            {
                (account.Tries, account.LockedUntil) = (0, clock.GetUtcNow() + Pause);
                session.Events.Append(account.Id, new UserLockedOut(account.LockedUntil, clock.GetUtcNow()));
            }
            session.Store(account);
            try { await session.SaveChangesAsync(ct); }
            catch (ConcurrencyException) { continue; }
            return account.LockedUntil > clock.GetUtcNow() ? null : account;
        }
    }

    IDocumentSession Open(string tenant)
    {
        var session = store.LightweightSession(tenant);
        session.SetHeader(Header.Actor, "sign-in");
        return session;
    }
}
