using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Training.Foundation;

namespace Training.Identity.Users;

/// <summary>
/// What a person signs in with: a document, because secrets and names don't belong into facts. Found before a tenant is known, so it is
/// kept beside the tenants and names its own.
/// </summary>
public sealed class Account
{
    const int ShortestPassword = 10;

    static readonly PasswordHasher<Account> Hasher = new();
    static readonly Account Nobody = new() { Hash = Hasher.HashPassword(new(), Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))) };

    /// <summary>That of the user.</summary>
    public Guid Id { get; set; }
    public string Tenant { get; set; } = "";
    /// <summary>Name within the tenant; people sign in with <c>name@tenant</c>.</summary>
    public string Name { get; set; } = "";
    public string DisplayName { get; set; } = "";
    public string Hash { get; set; } = "";
    /// <summary>Changes with the password and when the user is disabled; sessions begun under another one end.</summary>
    public string Stamp { get; set; } = "";
    /// <summary>Tries since the last success.</summary>
    public int Tries { get; set; }
    public DateTimeOffset LockedUntil { get; set; }

    public string SignInName => $"{Name}@{Tenant.ToLowerInvariant()}";

    public void SetPassword(string password)
    {
        if (password.Length < ShortestPassword) throw new RuleBroken("password-too-short", $"A password has {ShortestPassword} characters or more.");
        Hash = Hasher.HashPassword(this, password);
        (Tries, LockedUntil) = (0, DateTimeOffset.MinValue);
        EndSessions();
    }

    public void EndSessions() => Stamp = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));

    public bool Knows(string password) => Hasher.VerifyHashedPassword(this, Hash, password) != PasswordVerificationResult.Failed;

    /// <summary>Takes as long as a real check, so that the time does not tell which names exist.</summary>
    public static void PretendToCheck(string password) => Nobody.Knows(password);
}
