using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;

namespace Training.Benchmarks.Portal;

/// <summary>Somebody with a browser's cookies, signed in as browsers are: authorization code with PKCE, then a cookie.</summary>
sealed partial class Person(Uri portal, string role, string password) : IDisposable
{
    readonly HttpClient http = new(new SocketsHttpHandler { CookieContainer = new(), AutomaticDecompression = DecompressionMethods.All }) { BaseAddress = portal, Timeout = TimeSpan.FromSeconds(30) };

    public string Role => role;

    public async Task SignIn(CancellationToken ct)
    {
        using var asked = await http.GetAsync("/my", ct);
        var page = await asked.Content.ReadAsStringAsync(ct);
        var address = asked.RequestMessage?.RequestUri ?? portal;
        using var form = new FormUrlEncodedContent([new("name", $"{role}@yl"), new("password", password), new("__RequestVerificationToken", Part(Token(), page))]);
        using var answer = await http.PostAsync(new Uri(address, WebUtility.HtmlDecode(Part(Action(), page))), form, ct);
        if (answer.RequestMessage?.RequestUri?.Authority != portal.Authority) throw new InvalidOperationException($"{role}@yl could not sign in: {answer.StatusCode}.");
    }

    /// <summary>Opens a page; answers how long its last byte took in milliseconds, and what was wrong with it, or nothing.</summary>
    public async Task<(double Milliseconds, string Wrong)> Open(string path, CancellationToken ct)
    {
        var begun = Stopwatch.GetTimestamp();
        try
        {
            using var answer = await http.GetAsync(path, ct);
            var page = await answer.Content.ReadAsStringAsync(ct);
            var took = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
            var wrong = !answer.IsSuccessStatusCode ? $"{path}: {(int)answer.StatusCode}"
                : answer.RequestMessage?.RequestUri?.Authority != portal.Authority ? $"{path}: signed out"
                // A card that says its service does not answer is an error, although the page is there.
                : page.Contains("data-unreachable", StringComparison.Ordinal) ? $"{path}: a service did not answer"
                : !page.Contains("<h1", StringComparison.Ordinal) ? $"{path}: no page" : "";
            return (took, wrong);
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            return (Stopwatch.GetElapsedTime(begun).TotalMilliseconds, $"{path}: {exception.Message}");
        }
    }

    static string Part(Regex pattern, string page) => pattern.Match(page) is { Success: true } found ? found.Groups[1].Value : throw new InvalidOperationException("There is no form to sign in with.");

    [GeneratedRegex("""name="__RequestVerificationToken"[^>]*value="([^"]+)""")]
    private static partial Regex Token();

    [GeneratedRegex("""<form[^>]*action="([^"]+)""")]
    private static partial Regex Action();

    public void Dispose() => http.Dispose();
}
