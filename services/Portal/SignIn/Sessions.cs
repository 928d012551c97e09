using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Training.Portal.SignIn;

/// <summary>The person's tokens are gone: the portal was started anew, or the provider ended the session.</summary>
public sealed class SignedOut() : Exception("The session has ended.");

/// <summary>
/// Tokens of everybody who is signed in, kept here and renewed before they run out. The browser holds only a cookie that names the session; a circuit, which has no
/// request, finds its tokens here as well.
/// </summary>
public sealed class Sessions(IOptionsMonitor<OpenIdConnectOptions> provider, TimeProvider clock)
{
    /// <summary>Claim that names the session.</summary>
    public const string Claim = "session";

    public static readonly TimeSpan Longest = TimeSpan.FromHours(10);
    static readonly TimeSpan Ahead = TimeSpan.FromMinutes(1);

    readonly ConcurrentDictionary<string, Session> open = [];

    public bool Has(string session) => open.ContainsKey(session);

    /// <summary>Keeps what the provider gave and answers the name of the session.</summary>
    public string Begin(OpenIdConnectMessage tokens)
    {
        foreach (var (old, _) in open.Where(one => one.Value.Begun + Longest < clock.GetUtcNow())) open.TryRemove(old, out _);
        var name = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        open[name] = new() { Begun = clock.GetUtcNow(), IdToken = tokens.IdToken, Tokens = Read(tokens) };
        return name;
    }

    /// <summary>Ends the session and answers its identity token, by which the provider knows whom to sign out.</summary>
    public string End(string session) => open.TryRemove(session, out var ended) ? ended.IdToken : "";

    /// <exception cref="SignedOut">The session has ended, here or at the provider.</exception>
    public async Task<string> AccessToken(string name, CancellationToken ct)
    {
        if (!open.TryGetValue(name, out var session)) throw new SignedOut();
        if (session.Tokens.Until - clock.GetUtcNow() > Ahead) return session.Tokens.Access;

        // A refresh token is good for once, so pages that ask together renew together.
        await session.Renewing.WaitAsync(ct);
        try
        {
            if (session.Tokens.Until - clock.GetUtcNow() <= Ahead) session.Tokens = await Renew(name, session.Tokens.Refresh, ct);
            return session.Tokens.Access;
        }
        finally { session.Renewing.Release(); }
    }

    async Task<Tokens> Renew(string name, string refreshToken, CancellationToken ct)
    {
        var options = provider.Get(OpenIdConnectDefaults.AuthenticationScheme);
        var configuration = await (options.ConfigurationManager ?? throw new InvalidOperationException("No provider.")).GetConfigurationAsync(ct);
        using var form = new FormUrlEncodedContent(
        [
            new("grant_type", "refresh_token"), new("refresh_token", refreshToken), new("client_id", options.ClientId), new("client_secret", options.ClientSecret),
        ]);
        using var answer = await options.Backchannel.PostAsync(configuration.TokenEndpoint, form, ct);
        if (answer.StatusCode == System.Net.HttpStatusCode.BadRequest)
        {
            End(name);
            throw new SignedOut();
        }
        answer.EnsureSuccessStatusCode();
        var tokens = Read(new OpenIdConnectMessage(await answer.Content.ReadAsStringAsync(ct)));
        return tokens.Refresh == "" ? tokens with { Refresh = refreshToken } : tokens;
    }

    Tokens Read(OpenIdConnectMessage message) => new(
        message.AccessToken, message.RefreshToken ?? "",
        clock.GetUtcNow().AddSeconds(int.Parse(message.ExpiresIn, System.Globalization.CultureInfo.InvariantCulture)));

    sealed record Tokens(string Access, string Refresh, DateTimeOffset Until);

    sealed class Session
    {
        public required DateTimeOffset Begun { get; init; }
        public required string IdToken { get; init; }
        public required Tokens Tokens { get; set; }
        public SemaphoreSlim Renewing { get; } = new(1, 1);
    }
}
