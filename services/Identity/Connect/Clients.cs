using System.Text.Json;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Training.Identity.Connect;

/// <summary>
/// A program that asks for tokens. With <c>Redirects</c> people sign in through it; with <c>Tenant</c> and <c>Roles</c> it acts on its own
/// (client credentials).
/// </summary>
sealed record Client
{
    public string Secret { get; init; } = "";
    public string SecretFile { get; init; } = "";
    public string Name { get; init; } = "";
    /// <summary>Addresses of the program's own site; <c>/signin-oidc</c> and <c>/signout-callback-oidc</c> below them take the answers.</summary>
    public string[] Sites { get; init; } = [];
    public string Tenant { get; init; } = "";
    public string[] Roles { get; init; } = [];
    public string[] Reach { get; init; } = [];

    public const string Settings = "Identity:Clients", Machine = "machine";

    public OpenIddictApplicationDescriptor Describe(string id)
    {
        var client = new OpenIddictApplicationDescriptor
        {
            ClientId = id,
            DisplayName = Name == "" ? id : Name,
            ClientType = ClientTypes.Confidential,
            ClientSecret = SecretFile == "" ? Secret : File.ReadAllText(SecretFile).Trim(),
            // All clients are the group's own: whoever registered them has agreed for everybody.
            ConsentType = ConsentTypes.Implicit,
            Permissions = { Permissions.Endpoints.Token },
        };
        if (client.ClientSecret.Length < 16) throw new InvalidOperationException($"The secret of client {id} is missing or shorter than 16 characters.");
        foreach (var site in Sites.Select(site => new Uri(site)))
        {
            client.RedirectUris.Add(new(site, "/signin-oidc"));
            client.PostLogoutRedirectUris.Add(new(site, "/signout-callback-oidc"));
        }
        if (Sites is not [])
        {
            client.Permissions.UnionWith(
            [
                Permissions.Endpoints.Authorization, Permissions.Endpoints.EndSession, Permissions.ResponseTypes.Code,
                Permissions.GrantTypes.AuthorizationCode, Permissions.GrantTypes.RefreshToken, Permissions.Scopes.Profile,
            ]);
            client.Requirements.Add(Requirements.Features.ProofKeyForCodeExchange);
        }
        if (Roles is not [])
        {
            client.Permissions.Add(Permissions.GrantTypes.ClientCredentials);
            client.Properties[Machine] = JsonSerializer.SerializeToElement(new Powers(Tenant, Roles, Reach));
        }
        return client;
    }
}

/// <summary>What a machine client may do on its own.</summary>
sealed record Powers(string Tenant, string[] Roles, string[] Reach);

/// <summary>Registers the configured clients at every start, and clears away what has run out once a day.</summary>
sealed class ClientKeeper(IServiceProvider services, IConfiguration configuration, TimeProvider clock) : BackgroundService
{
    static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ConnectStore>().Create(cancellationToken);
        var known = scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>();
        foreach (var (id, client) in configuration.GetSection(Client.Settings).Get<Dictionary<string, Client>>() ?? [])
        {
            if (await known.FindByClientIdAsync(id, cancellationToken) is { } existing) await known.UpdateAsync(existing, client.Describe(id), cancellationToken);
            else await known.CreateAsync(client.Describe(id), cancellationToken);
        }
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Day, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await using var scope = services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<IOpenIddictTokenManager>().PruneAsync(clock.GetUtcNow() - Day, stoppingToken);
            await scope.ServiceProvider.GetRequiredService<IOpenIddictAuthorizationManager>().PruneAsync(clock.GetUtcNow() - Day, stoppingToken);
        }
    }
}
