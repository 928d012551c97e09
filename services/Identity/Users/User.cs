using System.Collections.Immutable;
using Training.Foundation;

namespace Training.Identity.Users;

public readonly record struct UserId(Guid Value) : IId<UserId> { public static UserId From(Guid value) => new(value); }

public interface IUserFact : IFact;
/// <summary>The person's names are kept with the account, not here, so that they can be erased.</summary>
public record UserCreated(UserId UserId, DateTimeOffset At) : IUserFact;
public record RoleGranted(string Role, string Reach, DateTimeOffset At) : IUserFact;
public record RoleWithdrawn(string Role, string Reach, DateTimeOffset At) : IUserFact;
public record UserDisabled(string Reason, DateTimeOffset At) : IUserFact;
public record UserEnabled(DateTimeOffset At) : IUserFact;
public record PasswordReset(DateTimeOffset At) : IUserFact;
public record UserLockedOut(DateTimeOffset Until, DateTimeOffset At) : IUserFact;

/// <summary>Somebody who may sign in, and as what.</summary>
public partial record User(Guid Id, ImmutableArray<Grant> Grants, bool Disabled)
{
    public static Guid IdOf(string tenant, string name) => DerivedId.Of("user", tenant, name);

    public static User Create(UserCreated e) => new(e.UserId.Value, [], false);
    public User Apply(RoleGranted e) => this with { Grants = Grants.Add(new(e.Role, e.Reach)) };
    public User Apply(RoleWithdrawn e) => this with { Grants = Grants.Remove(new(e.Role, e.Reach)) };
    public User Apply(UserDisabled _) => this with { Disabled = true };
    public User Apply(UserEnabled _) => this with { Disabled = false };
}
