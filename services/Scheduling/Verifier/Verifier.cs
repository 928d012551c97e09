using Training.Foundation;
namespace Training.Scheduling.Verifier;

/// <summary>The table of contents: what can be asked.</summary>
public static class Verifier
{
    public static void MapVerifier(this IEndpointRouteBuilder app) => app.MapGet("/verification", GetVerification.Handle).For(May.Verify).WithTags("Verifier");
}
