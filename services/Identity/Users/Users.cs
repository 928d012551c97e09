using JasperFx.Events.Projections;
using Marten;
using Training.Foundation;

namespace Training.Identity.Users;

/// <summary>The table of contents: what can be asked, and what is stored.</summary>
public static class Users
{
    public static void MapUsers(this IEndpointRouteBuilder app)
    {
        var users = app.MapGroup("/users").For(May.ManageUsers).WithTags("Users");

        users.MapPost("", CreateUserHandler.Handle);
        users.MapPut("{userId:guid}/grants", SetGrantsHandler.Handle);
        users.MapPost("{userId:guid}/disable", DisableUserHandler.Disable);
        users.MapPost("{userId:guid}/enable", DisableUserHandler.Enable);
        users.MapPost("{userId:guid}/reset-password", ResetPasswordHandler.Handle);
        users.MapGet("", ListUsers.Handle);
        users.MapGet("{userId:guid}", GetUser.Handle);
    }

    public static StoreOptions AddUsers(this StoreOptions store)
    {
        store.Projections.Snapshot<User>(SnapshotLifecycle.Inline);
        store.Schema.For<Account>().SingleTenanted().UseOptimisticConcurrency(true).UniqueIndex(account => account.SignInName);
        return store;
    }
}
