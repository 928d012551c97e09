using Training.Foundation;

namespace Training.Workforce.Imports;

/// <summary>The table of contents: what can be imported from files.</summary>
public static class Imports
{
    public static void MapImports(this IEndpointRouteBuilder app) =>
        app.MapPost("/imports/employees", ImportEmployeesHandler.Handle).For(May.ImportPeople).WithTags("Imports").Accepts<string>("text/csv");
}
