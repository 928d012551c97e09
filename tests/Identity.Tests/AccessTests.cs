using Marten;
using Training.Identity.Users;

namespace Training.Identity.Tests;

/// <summary>The expectations are in <c>Approved/access.json</c>, the calls are made from the route table.</summary>
public class AccessTests(IdentityHost host) : AccessMatrix<Program>(host), IClassFixture<IdentityHost>
{
    [Fact]
    public void Who_may_do_what_is_approved() => RolesAreApproved();

    protected override void Furnish(IDocumentSession session) => session.Events.StartStream(IdOf("userId"), Made<UserCreated>());
}
