using System.Net;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Training.Portal.Clients;

namespace Training.Portal.Tests;

/// <summary>The real portal before played services.</summary>
sealed partial class PortalHost : WebApplicationFactory<Program>
{
    readonly string keyFile = Path.GetTempFileName();

    public PortalHost()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        File.WriteAllText(keyFile, key.ExportECPrivateKeyPem());
    }

    public PlayedServices Played { get; } = new();

    /// <summary>The page as someone reads it: text without marks, white space and entities.</summary>
    public async Task<string> Text(string path, string culture = "zh-CN", string role = "", string scope = "group")
    {
        using var reader = role == "" ? Reader(culture) : await Reader(culture, role, scope);
        return Plain(await reader.GetStringAsync(path));
    }

    /// <summary>Somebody of this role and scope, as the local sign-in makes him.</summary>
    public async Task<HttpClient> Reader(string culture, string role, string scope)
    {
        var reader = Reader(culture);
        using var signedIn = await reader.GetAsync($"/as/{role}?scope={Uri.EscapeDataString(scope)}");
        var cookie = signedIn.Headers.GetValues("Set-Cookie").First(one => one.StartsWith("as=", StringComparison.Ordinal)).Split(';')[0];
        var language = reader.DefaultRequestHeaders.TryGetValues("Cookie", out var kept) ? string.Join("; ", kept) + "; " : "";
        reader.DefaultRequestHeaders.Remove("Cookie");
        reader.DefaultRequestHeaders.Add("Cookie", language + cookie);
        return reader;
    }

    public HttpClient Reader(string culture = "")
    {
        var reader = CreateClient(new() { AllowAutoRedirect = false, HandleCookies = false });
        if (culture != "") reader.DefaultRequestHeaders.Add("Cookie", $".AspNetCore.Culture=c%3D{culture}%7Cuic%3D{culture}");
        return reader;
    }

    static string Plain(string html) => Spaces().Replace(WebUtility.HtmlDecode(Marks().Replace(html, " ")), " ");

    [GeneratedRegex(@"<(style|script)[^>]*>.*?</\1>|<!--.*?-->|<[^>]+>", RegexOptions.Singleline)]
    private static partial Regex Marks();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Auth:PrivateKeyFile", keyFile);
        foreach (var service in PlayedServices.All) builder.UseSetting($"Services:{service}", PlayedServices.Address(service));
        builder.ConfigureServices(services => services.Configure<HttpClientFactoryOptions>(
            nameof(Backend), options => options.HttpMessageHandlerBuilderActions.Add(handler => handler.PrimaryHandler = Played)));
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        File.Delete(keyFile);
    }
}
