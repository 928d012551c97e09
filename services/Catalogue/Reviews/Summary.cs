using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Catalogue.Courses;
using Training.Catalogue.Staff;
using Training.Catalogue.Trainers;
using Training.Catalogue.Venues;

namespace Training.Catalogue.Reviews;

/// <summary>How much there is; trainers and employees are those who have not left.</summary>
public record Summary(int Courses, int Live, int Trainers, int Venues, int Employees, int Standards);

static class GetSummary
{
    internal static async Task<Ok<Summary>> Handle(IQuerySession query, CancellationToken ct) => TypedResults.Ok(new Summary(
        await query.Query<Course>().CountAsync(ct), await query.Query<Course>().CountAsync(course => !course.Retired, ct),
        await query.Query<Trainer>().CountAsync(trainer => !trainer.Departed, ct), await query.Query<Venue>().CountAsync(ct),
        await query.Query<KnownEmployee>().CountAsync(employee => employee.Active, ct), await query.Query<KnownStandard>().CountAsync(ct)));
}
