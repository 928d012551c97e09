using System.Collections.Immutable;
using Marten;

namespace Training.NeedsAssessment.Standards;

/// <summary>What one person must be able to do, and the standards that say so.</summary>
public sealed record EffectiveStandard(ImmutableArray<StandardVersion> Versions, ImmutableDictionary<string, RequiredLevel> Requirements)
{
    public static EffectiveStandard None { get; } = new([], ImmutableDictionary<string, RequiredLevel>.Empty);

    public int LevelOf(string competency) => Requirements.GetValueOrDefault(competency)?.Level ?? 0;
}

/// <summary>All current standards of a group. For each competency the highest of position and roles counts.</summary>
public sealed class StandardBook(IEnumerable<CompetencyStandard> standards)
{
    readonly Dictionary<(StandardKind, string), CompetencyStandard> standards = standards.ToDictionary(standard => (standard.Kind, standard.Code));
    readonly Dictionary<string, EffectiveStandard> known = [];

    public EffectiveStandard For(string positionCode, IReadOnlyCollection<string> roles)
    {
        var key = string.Join('\u001f', [positionCode, .. roles]);
        return known.TryGetValue(key, out var effective) ? effective : known[key] = Merge(positionCode, roles);
    }

    EffectiveStandard Merge(string positionCode, IReadOnlyCollection<string> roles)
    {
        (StandardKind, string)[] keys = [(StandardKind.Position, positionCode), .. roles.Order(StringComparer.Ordinal).Select(role => (StandardKind.Role, role))];
        CompetencyStandard[] applying = [.. keys.Where(standards.ContainsKey).Select(key => standards[key])];
        var requirements = applying.SelectMany(standard => standard.Requirements).GroupBy(one => one.CompetencyCode).ToImmutableDictionary(
            same => same.Key, same => new RequiredLevel(same.Key, same.Max(one => one.Level), same.Max(one => one.Weight), same.Max(one => one.Criticality)));
        return new([.. applying.Select(standard => standard.AsVersion())], requirements);
    }

    /// <summary>What may bind someone in this position: its standard and those of all roles.</summary>
    internal static async Task<StandardBook> LoadFor(string positionCode, IQuerySession query, CancellationToken ct) => new(await query.Query<CompetencyStandard>()
        .Where(standard => standard.Kind == StandardKind.Role || standard.Code == positionCode).ToListAsync(ct));

    internal static async Task<StandardBook> Load(IQuerySession query, CancellationToken ct) => new(await query.Query<CompetencyStandard>().ToListAsync(ct));
}
