using Marten;

namespace Training.Budgeting.Tests;

[Collection<WithHost>]
public class AccessTests(BudgetingHost host) : AccessMatrix<Program>(host)
{
    protected override Task Furnish(IDocumentSession session) => Task.CompletedTask;

    [Fact]
    public void Who_may_do_what_is_approved() => RolesAreApproved();

    [Fact]
    public Task Roles_may_do_what_they_are_approved_for() => Within_the_scope_the_roles_may();
}
