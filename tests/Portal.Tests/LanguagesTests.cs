using System.Net;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Training.Portal.Tests;

public sealed partial class LanguagesTests : IAsyncDisposable
{
    readonly PortalHost portal = new();

    [Fact]
    public async Task Chinese_is_the_default_whatever_the_browser_prefers()
    {
        using var reader = portal.Reader();
        reader.DefaultRequestHeaders.Add("Accept-Language", "en-GB,en");

        var html = await reader.GetStringAsync("/", TestContext.Current.CancellationToken);

        Assert.Contains("""<html lang="zh-CN">""", html, StringComparison.Ordinal);
        Assert.Contains("业主需求", WebUtility.HtmlDecode(html), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cookie_remembers_the_choice_and_the_rest_of_the_address_stays()
    {
        using var reader = portal.Reader();

        var chosen = await reader.GetAsync("/needs?state=Approved&culture=en", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Redirect, chosen.StatusCode);
        Assert.Equal("/needs?state=Approved", chosen.Headers.Location?.ToString());
        var cookie = Assert.Single(chosen.Headers.GetValues("Set-Cookie"), one => one.StartsWith(".AspNetCore.Culture=", StringComparison.Ordinal)).Split(';')[0];
        reader.DefaultRequestHeaders.Add("Cookie", cookie);
        Assert.Contains("""<html lang="en">""", await reader.GetStringAsync("/needs", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_language_that_is_not_spoken_changes_nothing()
    {
        using var reader = portal.Reader();

        var answer = await reader.GetAsync("/needs?culture=fr", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.DoesNotContain(answer.Headers, header => header.Key == "Set-Cookie" && header.Value.Any(one => one.Contains("Culture", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_text_is_there_once_and_in_both_languages()
    {
        var texts = Texts.Read(Source("Texts")).ToList();

        Assert.All(texts.CountBy(text => text.Key), pair => Assert.Equal(1, pair.Value));
        Assert.All(texts, text => Assert.NotEqual("", text.Value.Zh));
        Assert.All(texts, text => Assert.NotEqual("", text.Value.En));
        Assert.All(texts.Where(text => !text.Key.StartsWith("Refusal.", StringComparison.Ordinal)), text => Assert.Equal(Holes(text.Value.Zh), Holes(text.Value.En)));
        Assert.DoesNotContain(texts, text => Han().IsMatch(text.Value.En));
    }

    [Fact]
    public void Every_text_a_page_asks_for_is_there()
    {
        var texts = Texts.Read(Source("Texts")).Select(text => text.Key).ToHashSet();
        var asked = Directory.EnumerateFiles(Source("Components"), "*.razor", SearchOption.AllDirectories)
            .SelectMany(file => Key().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value)).ToHashSet();

        Assert.True(asked.Count > 200);
        Assert.Empty(asked.Except(texts));
    }

    [Fact]
    public void A_line_that_is_no_text_is_said_to_be_so()
    {
        var folder = Directory.CreateTempSubdirectory();
        File.WriteAllText(Path.Combine(folder.FullName, "broken.txt"), "Key = only one language");

        var refusal = Assert.Throws<InvalidDataException>(() => Texts.Read(folder.FullName).ToList());

        Assert.Contains("broken.txt", refusal.Message, StringComparison.Ordinal);
        folder.Delete(recursive: true);
    }

    static IEnumerable<string> Holes(string text) => Hole().Matches(text).Select(hole => hole.Value).Distinct().Order();

    static string Source(params string[] parts) => Path.Combine([Here(), "..", "..", "services", "Portal", .. parts]);

    static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file) ?? "";

    [GeneratedRegex("""L\["([A-Za-z0-9.]+)"[\],]""")]
    private static partial Regex Key();

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Hole();

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Han();

    public ValueTask DisposeAsync() => portal.DisposeAsync();
}
