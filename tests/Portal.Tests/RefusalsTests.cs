using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Outcome = Training.Portal.Clients.Outcome;

namespace Training.Portal.Tests;

public sealed partial class RefusalsTests
{
    static readonly IReadOnlyList<KeyValuePair<string, Term>> texts = [.. Texts.Read(Path.Combine(Services, "Portal", "Texts")).Where(text => text.Key.StartsWith("Refusal.", StringComparison.Ordinal))];
    static readonly Refusals refusals = new(texts);

    public static TheoryData<string, string, string> Said => new()
    {
        { "not-enough-funds", "Only 5,000 CNY of line BL-03 are available.", "科目 BL-03 仅剩 5,000 CNY 可用。" },
        { "not-a-candidate", "C07 for STW in HZ is Rejected and can't be approved.", "HZ STW 的 C07 当前状态不能批准。" },
        { "run-closed", "Nobody can leave a run that is Held.", "该期次已不能退出。" },
        { "post-below-minimum", "Post LOBBY of EST-01 needs 2 from 2027-01-06 09:00 on; 3 are on duty and 2 of them would be in class.", "EST-01 的点位 LOBBY 自 2027-01-06 09:00 起至少需要 2 人；当班 3 人，其中 2 人将去上课。" },
        { "unreachable", "", "服务暂时无法访问，请稍后再试。" },
        { "forbidden", "Forbidden", "您无权执行此操作。" },
        { "", "All seats are taken.", "名额已满。" },
        { "no-such-code", "Nobody translated this.", "Nobody translated this." },
    };

    [Theory, MemberData(nameof(Said))]
    public void A_refusal_keeps_its_numbers_in_chinese(string code, string text, string expected)
    {
        CultureInfo.CurrentUICulture = new("zh-CN");

        Assert.Equal(expected, refusals.InWords(new Outcome(false, code, text)));
    }

    [Fact]
    public void In_english_the_service_speaks_for_itself()
    {
        CultureInfo.CurrentUICulture = new("en");

        Assert.Equal("Only 5,000 CNY of line BL-03 are available.", refusals.InWords("not-enough-funds", "Only 5,000 CNY of line BL-03 are available."));
        Assert.Equal("The service is not reachable at the moment; try again later.", refusals.InWords(Outcome.Unreachable));
    }

    /// <summary>Read off the code of the services, so that no later refusal is forgotten.</summary>
    [Fact]
    public void Every_refusal_of_every_service_has_chinese_words()
    {
        var known = texts.Select(text => (Code: text.Key.Split('.')[1], Sentence: text.Value.En)).ToHashSet();
        var said = Sources().SelectMany(Refused).ToList();

        Assert.True(said.Count > 150);
        Assert.Empty(said.Where(one => !known.Contains(one) && !(one.Sentence == "" && known.Any(other => other.Code == one.Code))).Distinct());
        // Codes that aren't written where they are refused would be missed above.
        Assert.All(Sources().SelectMany(source => AnyRefusal().Matches(source).Select(found => found.Groups[1].Value)), first => Assert.Matches("^\"|^(refusal|string)\\b", first));
    }

    [Fact]
    public void Every_reason_to_wait_has_chinese_words()
    {
        var waits = Sources().SelectMany(source => Wait().Matches(source).Select(found => Sentence(source, found.Index + found.Length - 1))).ToList();
        Assert.True(waits.Count > 1);
        Assert.Empty(waits.Except(texts.Select(text => text.Value.En)));
    }

    [Fact]
    public void Every_other_error_of_a_service_has_chinese_words() =>
        Assert.Empty(Code().Matches(File.ReadAllText(Path.Combine(Services, "Foundation", "Problems.cs"))).Select(found => found.Groups[1].Value).Except(texts.Select(text => text.Key.Split('.')[1])).Except(["code"]));

    static IEnumerable<string> Sources() =>
        from file in Directory.EnumerateFiles(Services, "*.cs", SearchOption.AllDirectories)
        where !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        select File.ReadAllText(file);

    static IEnumerable<(string Code, string Sentence)> Refused(string source) => Refusal().Matches(source).Select(found => (found.Groups[1].Value, Sentence(source, found.Index + found.Length)));

    /// <summary>The literal that begins here, with numbered holes; empty where there is none.</summary>
    static string Sentence(string source, int at)
    {
        var interpolated = source[at] == '$';
        if (interpolated) at++;
        if (source[at++] != '"') return "";
        var (sentence, holes) = ("", 0);
        for (; source[at] != '"'; at++)
        {
            if (source[at] == '\\') sentence += source[++at];
            else if (interpolated && source[at] is '{' or '}' && source[at + 1] == source[at]) sentence += source[at++];
            else if (interpolated && source[at] == '{') (sentence, at) = ($"{sentence}{{{holes++}}}", EndOfHole(source, at));
            else sentence += source[at];
        }
        return sentence;
    }

    static int EndOfHole(string source, int at)
    {
        for (var (depth, quoted) = (0, false); ; at++)
        {
            if (source[at] == '"') quoted = !quoted;
            if (quoted) continue;
            if (source[at] == '{') depth++;
            if (source[at] == '}' && --depth == 0) return at;
        }
    }

    static string Services => Path.Combine(Here(), "..", "..", "services");

    static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file) ?? "";

    [GeneratedRegex("""(?:new RuleBroken\(|new PlanningFailed\(|Refuse\(|ParkRun\(|RunFundingDeclined\(command\.RunId, )\s*"([a-z0-9-]+)",\s*""")]
    private static partial Regex Refusal();

    [GeneratedRegex("new (?:Waiting|LearnerWaitlisted)\\([\\w.]+,\\s*\"")]
    private static partial Regex Wait();

    [GeneratedRegex("""RuleBroken\(\s*(\S+)""")]
    private static partial Regex AnyRefusal();

    [GeneratedRegex("\"([a-z-]+)\"")]
    private static partial Regex Code();
}
