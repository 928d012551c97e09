using JasperFx.Events.Projections;
using Marten;
using Training.Foundation;

namespace Training.Catalogue.Trainers;

/// <summary>The table of contents: what can be asked, and what is stored.</summary>
public static class Trainers
{
    static readonly TimeZoneInfo GroupTime = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    public static void MapTrainers(this IEndpointRouteBuilder app)
    {
        var trainers = app.MapGroup("/trainers").WithTags("Trainers");
        var writes = trainers.MapGroup("{trainerId:guid}").For(May.KeepTrainers);

        writes.MapPut("", RegisterTrainerHandler.Handle);
        writes.MapPut("authorisations", AuthoriseTrainerHandler.Handle);
        writes.MapPut("authorisations/{courseId:guid}", AuthoriseTrainerHandler.HandleOne);
        writes.MapDelete("authorisations/{courseId:guid}", WithdrawAuthorisationHandler.Handle);
        writes.MapPost("unavailability", DeclareUnavailableHandler.Handle);
        writes.MapDelete("unavailability", DeclareAvailableHandler.Handle);
        trainers.MapGet("", ListTrainers.Handle).For(May.SeeTrainers);
        trainers.MapGet("{trainerId:guid}", GetTrainer.Handle).For(May.SeeTrainers);
    }

    public static StoreOptions AddTrainers(this StoreOptions store)
    {
        store.Projections.Snapshot<Trainer>(SnapshotLifecycle.Inline);
        store.Schema.For<Trainer>().Index(trainer => trainer.EmployeeKey);
        return store;
    }

    /// <summary>The business day at the group's seat.</summary>
    internal static DateOnly Today(this TimeProvider clock) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), GroupTime).DateTime);

    /// <summary>Refuses callers from another region; a trainer of all regions is the group's.</summary>
    internal static Trainer ReachedBy(this Trainer trainer, Caller caller)
    {
        caller.MustReach(Guid.Empty, trainer.Profile.Region);
        return trainer;
    }
}
