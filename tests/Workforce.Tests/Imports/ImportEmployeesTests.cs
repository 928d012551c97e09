using Training.Workforce.Employees;
using Training.Workforce.Estates;
using Training.Workforce.Imports;
using static Training.Workforce.Imports.ImportEmployeesHandler;
using static Training.Workforce.Tests.People;

namespace Training.Workforce.Tests.Imports;

public class ImportEmployeesTests
{
    static readonly EmployeeRow Row = new(2, "E1", Person, First, "YL-HZ", "EST-01", "SEC", Start);
    static readonly Estate Estate = Given<Estate>.That(
        new EstateOpened(Villa, "EST-01", new("EST-01", "西溪别院", "HZ", "YL-HZ", "V", 186, "Asia/Shanghai"), Start, 1)).State;

    [Fact]
    public void A_row_hires_like_a_message_and_once()
    {
        var hired = Assert.IsType<EmployeeHired>(Assert.Single(Decide(null, Id, "YL", Row, Estate)));
        Assert.Equal((At(Villa), Start, ChangeKind.Hired), (hired.Assignment, hired.HiredOn, hired.Change.Kind));
        Given<Employee>.That(hired).When(employee => Decide(employee, Id, "YL", Row, Estate)).ThenNothing();
    }

    [Fact]
    public void What_the_hr_system_already_told_stays() => Given<Employee>.That(AsHired).When(employee => Decide(employee, Id, "YL", Row, Estate)).ThenNothing();

    [Fact]
    public void A_row_cannot_change_an_employment() =>
        Given<Employee>.That(AsHired).When(employee => Decide(employee, Id, "YL", Row with { PositionCode = "CLN" }, Estate)).ThenBroken("employment-known");

    [Fact]
    public void A_row_with_a_new_employment_brings_a_leaver_back() =>
        Assert.IsType<EmployeeReturned>(Assert.Single(Decide(
            Given<Employee>.That(AsHired, new EmployeeLeft(Id, Left, Left.EffectiveOn)).State, Id, "YL",
            Row with { EmploymentId = Second, HireDate = Start.AddDays(50) }, Estate)));
}
