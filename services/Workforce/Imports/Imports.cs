using Microsoft.AspNetCore.Mvc;
using Training.Foundation;

namespace Training.Workforce.Imports;

/// <summary>The table of contents: what can be imported from files.</summary>
public static class Imports
{
    /// <summary>Bytes of a file: about 100,000 people.</summary>
    const int LargestFile = 32 << 20;

    public static void MapImports(this IEndpointRouteBuilder app) =>
        app.MapPost("/imports/employees", ImportEmployeesHandler.Handle).For(May.ImportPeople).WithTags("Imports").Accepts<string>("text/csv").WithMetadata(new RequestSizeLimitAttribute(LargestFile));
}
