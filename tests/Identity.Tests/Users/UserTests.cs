using Training.Foundation;
using Training.Identity.Users;

namespace Training.Identity.Tests.Users;

public class UserTests
{
    static readonly DateTimeOffset At = new(2027, 1, 4, 1, 0, 0, TimeSpan.Zero);
    static readonly UserId Id = new(User.IdOf("YL", "li.na"));
    static readonly Grant Manager = new(Role.EstateManager, $"estate:{Id.Value}"), Self = new(Role.Employee, $"self:{Id.Value}");

    static readonly IFact[] Created = [new UserCreated(Id, At), new RoleGranted(Manager.Role, Manager.Reach, At)];

    [Fact]
    public void A_user_is_created_with_roles() =>
        GivenNothing.When(() => CreateUserHandler.Decide(null, new(Id, [Manager], At))).Then(Created);

    [Fact]
    public void Nothing_happens_when_created_again() =>
        Given<User>.That(Created).When(user => CreateUserHandler.Decide(user, new(Id, [Self], At))).ThenNothing();

    [Theory]
    [InlineData("janitor", "group", "unknown-role")]
    [InlineData(Role.Employee, "everything", "unknown-reach")]
    [InlineData(Role.Employee, "self:li.na", "unknown-reach")]
    [InlineData(Role.RegionalManager, "region:HZ region:SH", "unknown-reach")]
    public void Unknown_roles_and_reaches_are_refused(string role, string reach, string code) =>
        GivenNothing.When(() => CreateUserHandler.Decide(null, new(Id, [new(role, reach)], At))).ThenBroken(code);

    [Fact]
    public void Grants_replace_what_was_granted() =>
        Given<User>.That(Created).When(user => SetGrantsHandler.Decide(user, new([Self], At)))
            .Then(new RoleWithdrawn(Manager.Role, Manager.Reach, At), new RoleGranted(Self.Role, Self.Reach, At));

    [Fact]
    public void The_same_grants_change_nothing() =>
        Given<User>.That(Created).When(user => SetGrantsHandler.Decide(user, new([Manager], At))).ThenNothing();

    [Fact]
    public void A_withdrawn_role_can_be_granted_again() =>
        Given<User>.That([.. Created, new RoleWithdrawn(Manager.Role, Manager.Reach, At)]).When(user => SetGrantsHandler.Decide(user, new([Manager], At)))
            .Then(new RoleGranted(Manager.Role, Manager.Reach, At));

    [Fact]
    public void A_user_is_disabled_once_and_enabled_once()
    {
        var created = Given<User>.That(Created);
        created.When(user => DisableUserHandler.Decide(user, new DisableUser("left", At))).Then(new UserDisabled("left", At));
        created.When(user => DisableUserHandler.Decide(user, new EnableUser(At))).ThenNothing();

        var disabled = Given<User>.That([.. Created, new UserDisabled("left", At)]);
        disabled.When(user => DisableUserHandler.Decide(user, new DisableUser("left", At))).ThenNothing();
        disabled.When(user => DisableUserHandler.Decide(user, new EnableUser(At))).Then(new UserEnabled(At));
        Assert.False(Given<User>.That([.. Created, new UserDisabled("left", At), new UserEnabled(At)]).State.Disabled);
    }
}
