using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Catalogue.Courses;
using Training.Foundation;

namespace Training.Catalogue.Trainers;

public record AuthorisationCard(Guid CourseId, DateOnly ValidTo);

/// <summary>A trainer as planners see one; hours agreed per year, the fee per hour in <c>Currency</c>.</summary>
public record TrainerCard(
    Guid Id, string Name, Grade Grade, string Region, Guid? EmployeeId, decimal HoursPerYear, decimal FeePerHour, string Currency, bool Departed,
    IReadOnlyList<AuthorisationCard> Authorisations, IReadOnlyList<Period> Absences)
{
    public static TrainerCard Of(Trainer trainer) => new(
        trainer.Id, trainer.Profile.Name, trainer.Profile.Grade, trainer.Profile.Region, trainer.Profile.EmployeeId?.Value, trainer.Profile.HoursPerYear,
        trainer.Profile.FeePerHour.Amount, trainer.Profile.FeePerHour.Currency, trainer.Departed,
        [.. trainer.Authorisations.OrderBy(held => held.Key.Value).Select(held => new AuthorisationCard(held.Key.Value, held.Value.ValidTo))], trainer.Absences);
}

static class GetTrainer
{
    internal static async Task<Ok<TrainerCard>> Handle(Guid trainerId, IQuerySession query, CancellationToken ct) =>
        TypedResults.Ok(TrainerCard.Of(await query.LoadAsync<Trainer>(trainerId, ct) ?? throw new Missing("Trainer", trainerId)));
}

static class ListTrainers
{
    internal static async Task<Ok<Page<TrainerCard>>> Handle(string? region, int? skip, int? take, IQuerySession query, CancellationToken ct)
    {
        IQueryable<Trainer> trainers = query.Query<Trainer>();
        if (region is not null) trainers = trainers.Where(trainer => trainer.Profile.Region == region);
        return TypedResults.Ok(await trainers.OrderBy(trainer => trainer.Profile.Name).ThenBy(trainer => trainer.Id).Page(TrainerCard.Of, skip, take, ct));
    }
}
