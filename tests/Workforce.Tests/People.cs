using Training.Foundation;
using Training.Workforce.Employees;
using Training.Workforce.Estates;

namespace Training.Workforce.Tests;

/// <summary>Changes that many tests start from.</summary>
static class People
{
    public const string Person = "P-1", First = "C-1", Second = "C-2";
    public static readonly EmployeeId Id = Employee.IdOf("YL", Person);
    public static readonly EstateId Villa = Estate.IdOf("YL", "EST-01"), Tower = Estate.IdOf("YL", "EST-04");
    public static readonly DateOnly Start = new(2027, 1, 4);

    public static Assignment At(EstateId estate, string position = "SEC", string employment = First) => new(employment, "E1", "YL-HZ", estate, position);

    public static HrChange Change(ChangeKind kind, int day, long sequence, Assignment assignment, Lifecycle lifecycle = Lifecycle.Effective) =>
        new(kind, lifecycle, Start.AddDays(day), sequence, DerivedId.Of("test", $"{kind}", $"{day}", $"{sequence}", assignment.EmploymentId, $"{lifecycle}"), assignment);

    public static readonly HrChange
        Hired = Change(ChangeKind.Hired, 0, 1, At(Villa)),
        Transferred = Change(ChangeKind.Transferred, 10, 2, new(First, "", "", Tower, "")),
        Promoted = Change(ChangeKind.PositionChanged, 20, 3, new(First, "", "", default, "SUP")),
        Left = Change(ChangeKind.Left, 30, 4, new(First, "", "", default, "")),
        Rehired = Change(ChangeKind.Rehired, 40, 5, At(Tower, "MON", Second));

    public static EmployeeHired AsHired => new(Id, Person, Hired, At(Villa), Start);

    public static RecordChange Record(HrChange change) => new(Id, Person, change);
}
