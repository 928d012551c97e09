using System.Collections.Frozen;
using System.Globalization;
using Microsoft.Extensions.Localization;

namespace Training.Portal;

/// <summary>
/// All words of the portal, both languages side by side: each capability brings its own file in <c>Texts/</c>, with lines
/// <c>Key = 中文 | English</c>. A key without words is shown as it is.
/// </summary>
public sealed class Texts(FrozenDictionary<string, Term> terms) : IStringLocalizer<Shared>
{
    public static Texts Of(IHostEnvironment environment) => new(Read(Path.Combine(environment.ContentRootPath, "Texts")).ToFrozenDictionary());

    public static IEnumerable<KeyValuePair<string, Term>> Read(string folder) =>
        from file in Directory.EnumerateFiles(folder, "*.txt").Order(StringComparer.Ordinal)
        from line in File.ReadLines(file)
        where line != "" && line[0] != '#'
        select Parse(line) is { } term ? term : throw new InvalidDataException($"{Path.GetFileName(file)}: “{line}” is not “Key = 中文 | English”.");

    static KeyValuePair<string, Term>? Parse(string line) =>
        line.Split(" = ", 2) is [var key, var words] && words.Split(" | ") is [var chinese, var english] ? KeyValuePair.Create(key.Trim(), new Term(chinese.Trim(), english.Trim())) : null;

    public LocalizedString this[string name] => terms.TryGetValue(name, out var term) ? new(name, Words.Either(term.Zh, term.En)) : new(name, name, resourceNotFound: true);

    public LocalizedString this[string name, params object[] arguments] => new(name, string.Format(CultureInfo.CurrentCulture, this[name].Value, arguments), this[name].ResourceNotFound);

    public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => terms.Keys.Select(name => this[name]);
}
