using System.Text.Json;
using Training.Portal.Clients;

namespace Training.Portal;

/// <summary>What a code is called in the portal's languages.</summary>
public sealed record Term(string Zh, string En);

/// <summary>
/// The group's own names of the codes that services speak in, from <c>Terms/{tenant}.json</c>. A code without a name is shown as it is.
/// </summary>
public sealed class Names(IReadOnlyDictionary<string, IReadOnlyDictionary<string, Term>> kinds)
{
    public IEnumerable<string> Regions => Codes("regions");
    public IEnumerable<string> Positions => Codes("positions");
    public IEnumerable<string> LegalEntities => Codes("legalEntities");
    public IEnumerable<string> FundCategories => Codes("fundCategories");

    public static Names Of(IConfiguration configuration, IHostEnvironment environment)
    {
        var file = Path.Combine(environment.ContentRootPath, "Terms", $"{configuration["Tenant"]}.json");
        if (!File.Exists(file)) return new(new Dictionary<string, IReadOnlyDictionary<string, Term>>());
        return new(JsonSerializer.Deserialize<Dictionary<string, IReadOnlyDictionary<string, Term>>>(File.ReadAllText(file), JsonSerializerOptions.Web) ?? []);
    }

    public string Position(string code) => Name("positions", code);
    public string Region(string code) => Name("regions", code);
    public string LegalEntity(string code) => Name("legalEntities", code);
    public string Licence(string code) => Name("licences", code);
    public string FundCategory(string code) => Name("fundCategories", code);

    /// <summary>By number and position.</summary>
    public string Person(IReadOnlyDictionary<Guid, EmployeeView> people, Guid id) =>
        people.TryGetValue(id, out var person) ? $"{person.EmployeeNo} {Position(person.PositionCode)}" : id.ToString()[..8];

    /// <summary>With its code, which survey and inspection people speak of.</summary>
    public string Competency(string code) => Name("competencies", code) is var name && name == code ? code : $"{code} {name}";

    IEnumerable<string> Codes(string kind) => kinds.TryGetValue(kind, out var terms) ? terms.Keys : [];

    string Name(string kind, string code) =>
        kinds.TryGetValue(kind, out var terms) && terms.TryGetValue(code, out var term) ? Words.Either(term.Zh, term.En) : code;
}
