using Training.Workforce.Employees;
using static Training.Workforce.Employees.RecordLicenceHandler;
using static Training.Workforce.Tests.People;

namespace Training.Workforce.Tests.Employees;

public class RecordLicenceTests
{
    static readonly RecordLicence Command = new(Id, "fire-facility-operator", new(2024, 7, 1), new(2029, 6, 30));
    static readonly LicenceRecorded Fact = new(Id, Command.LicenceType, Command.IssuedOn, Command.ExpiresOn);

    [Fact]
    public void A_licence_is_recorded_once()
    {
        Given<Employee>.That(AsHired).When(employee => Decide(employee, Command)).Then(Fact);
        Given<Employee>.That(AsHired, Fact).When(employee => Decide(employee, Command)).ThenNothing();
    }

    [Fact]
    public void A_longer_one_replaces_and_a_shorter_one_does_not()
    {
        var longer = Command with { ExpiresOn = new(2031, 6, 30) };
        Given<Employee>.That(AsHired, Fact).When(employee => Decide(employee, longer)).Then(Fact with { ExpiresOn = longer.ExpiresOn });
        Given<Employee>.That(AsHired, Fact with { ExpiresOn = longer.ExpiresOn }).When(employee => Decide(employee, Command)).ThenNothing();
    }

    [Fact]
    public void A_licence_ends_after_it_began() =>
        Given<Employee>.That(AsHired).When(employee => Decide(employee, Command with { ExpiresOn = new(2024, 6, 30) })).ThenBroken("expires-before-issued");

    [Fact]
    public void A_licence_has_a_type() => Given<Employee>.That(AsHired).When(employee => Decide(employee, Command with { LicenceType = "" })).ThenBroken("no-licence-type");
}
