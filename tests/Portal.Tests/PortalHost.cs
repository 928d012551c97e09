using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Training.Portal.Clients;

namespace Training.Portal.Tests;

/// <summary>The real portal before played services.</summary>
sealed partial class PortalHost : WebApplicationFactory<Program>
{
    public PlayedServices Played { get; } = new();

    /// <summary>How long a service may ordinarily take.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The page as someone of a role reads it: text without marks, white space and entities.</summary>
    public async Task<string> Text(string path, string culture = "zh-CN", string role = "")
    {
        using var reader = Reader(culture, role);
        return Plain(await reader.GetStringAsync(path));
    }

    public HttpClient Reader(string culture = "", string role = "")
    {
        var reader = CreateClient(new() { AllowAutoRedirect = false, HandleCookies = false });
        if (culture != "") reader.DefaultRequestHeaders.Add("Cookie", $".AspNetCore.Culture=c%3D{culture}%7Cuic%3D{culture}");
        if (role != "") reader.DefaultRequestHeaders.Add(PlayedSignIn.RoleHeader, role);
        return reader;
    }

    public static string Plain(string html) => Spaces().Replace(WebUtility.HtmlDecode(Marks().Replace(html, " ")), " ");

    [GeneratedRegex(@"<(style|script)[^>]*>.*?</\1>|<!--.*?-->|<[^>]+>", RegexOptions.Singleline)]
    private static partial Regex Marks();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Auth:Authority", "https://identity.test");
        builder.UseSetting("Auth:ClientSecret", "not asked for");
        builder.UseSetting("Patience", Patience.ToString());
        foreach (var service in PlayedServices.All) builder.UseSetting($"Services:{service}", PlayedServices.Address(service));
        builder.ConfigureServices(services => services
            .Configure<HttpClientFactoryOptions>(nameof(Backend), options => options.HttpMessageHandlerBuilderActions.Add(handler => handler.PrimaryHandler = Played))
            .AddSingleton<PlayedSessions>()
            .AddAuthentication(options => (options.DefaultScheme, options.DefaultChallengeScheme) = (PlayedSignIn.Scheme, PlayedSignIn.Scheme))
            .AddScheme<AuthenticationSchemeOptions, PlayedSignIn>(PlayedSignIn.Scheme, null));
    }
}
