using Training.Foundation;

namespace Training.Chaos.Load;

/// <summary>What both groups of the run consist of; every key names its group, so that a leak shows.</summary>
sealed record Group(string Tenant)
{
    public const int People = 24;
    public static readonly string[] Tenants = ["YA", "YB"], Positions = ["SEC", "CSR"], Competencies = ["C01", "C02", "C03"], Categories = ["FC1", "FC2", "FC3"];

    public IReadOnlyList<string> Estates => [$"{Tenant}-E1", $"{Tenant}-E2", $"{Tenant}-E3"];
    public IReadOnlyList<string> Regions => [$"{Tenant}-R1", $"{Tenant}-R2"];
    public string RegionOf(string estate) => Regions[(estate[^1] - '1') % 2];
    public string EntityOf(string estate) => $"{Tenant}-L{(estate[^1] - '1') % 2 + 1}";
    public IReadOnlyList<string> Entities => [$"{Tenant}-L1", $"{Tenant}-L2"];

    public IReadOnlyList<string> Courses => [$"{Tenant}-K1", $"{Tenant}-K2", $"{Tenant}-K3"];
    public IReadOnlyList<string> FinanceLines => [.. Enumerable.Range(1, 4).Select(number => $"{Tenant}-B{number}")];

    public Guid EstateId(string estate) => DerivedId.Of("estate", Tenant, estate);
    public Guid EmployeeId(string person) => DerivedId.Of("employee", Tenant, person);
    public Guid CourseId(string course) => DerivedId.Of("course", Tenant, course);
    public Guid TrainerId(string key) => DerivedId.Of("trainer", Tenant, key);
    public Guid VenueId(string region) => DerivedId.Of("venue", Tenant, region);
    public Guid LineId(string code) => DerivedId.Of("line", Tenant, code);

    /// <summary>Those who stay for the whole run; others come and go.</summary>
    public IEnumerable<string> Cohort => Enumerable.Range(1, People).Select(number => $"{Tenant}-P{number}");
    public string HomeOf(string person) => Estates[int.Parse(person.Split('P')[1], System.Globalization.CultureInfo.InvariantCulture) % Estates.Count];
    public static string PositionOf(string person) => Positions[int.Parse(person.Split('P')[1], System.Globalization.CultureInfo.InvariantCulture) / 3 % 2];
}
