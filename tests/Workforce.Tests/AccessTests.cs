using Marten;
using Training.Workforce.Employees;
using Training.Workforce.Estates;

namespace Training.Workforce.Tests;

/// <summary>The expectations are in <c>Approved/access.json</c>, the calls are made from the route table.</summary>
public class AccessTests(ServiceHost<Program> host) : AccessMatrix<Program>(host), IClassFixture<ServiceHost<Program>>
{
    [Fact]
    public void Who_may_do_what_is_approved() => RolesAreApproved();

    protected override void Furnish(IDocumentSession session)
    {
        session.Events.StartStream(IdOf("estateId"), Made<EstateOpened>());
        session.Events.StartStream(IdOf("employeeId"), Made<EmployeeHired>(), Made<LicenceRecorded>());
    }
}
