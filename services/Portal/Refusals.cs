using System.Text.RegularExpressions;
using Training.Portal.Clients;

namespace Training.Portal;

/// <summary>
/// Refusals in the reader's language. A service says a code and an English sentence with the numbers of the case; for Chinese the numbers are taken out of that
/// sentence, which <c>Texts/refusals.txt</c> knows word by word.
/// </summary>
public sealed partial class Refusals(IEnumerable<KeyValuePair<string, Term>> texts)
{
    const string Prefix = "Refusal.";

    sealed record Sentence(string Code, Term Term)
    {
        readonly Regex english = new($"^{Hole().Replace(Regex.Escape(Term.En), hole => $"(?<h{hole.Groups[1].Value}>.*)")}$", RegexOptions.Singleline);

        /// <summary>The Chinese with what the English says in its holes; null when the English is another sentence.</summary>
        public string? Chinese(string text) => english.Match(text) is { Success: true } found ? Plain().Replace(Term.Zh, hole => found.Groups[$"h{hole.Groups[1].Value}"].Value) : null;

        public bool SaysAll => !Plain().IsMatch(Term.Zh);
    }

    // The most telling first, should a text fit two.
    readonly IReadOnlyList<Sentence> sentences =
        [.. texts.Where(text => text.Key.StartsWith(Prefix, StringComparison.Ordinal)).Select(text => new Sentence(text.Key.Split('.')[1], text.Value)).OrderByDescending(one => Plain().Replace(one.Term.En, "").Length)];

    public static Refusals Of(IHostEnvironment environment) => new(Texts.Read(Path.Combine(environment.ContentRootPath, "Texts")));

    public string InWords(Outcome outcome) => InWords(outcome.Code, outcome.Text);

    /// <param name="code">Empty where the service keeps only the sentence.</param>
    /// <param name="text">The service's sentence; empty where there was no service to say one.</param>
    public string InWords(string code, string text)
    {
        if (text != "" && Words.Either("zh", "en") == "en") return text;
        Sentence[] known = [.. sentences.Where(one => code == "" || one.Code == code)];
        return known.Select(one => one.Chinese(text)).FirstOrDefault(words => words is not null)
            ?? (code != "" && known.LastOrDefault(one => one.SaysAll) is { } general ? Words.Either(general.Term.Zh, general.Term.En) : text);
    }

    [GeneratedRegex(@"\\\{(\d)}")]
    private static partial Regex Hole();

    [GeneratedRegex(@"\{(\d)\}")]
    private static partial Regex Plain();
}
