using Training.Foundation;

namespace Training.Evaluation.OnlineTests;

/// <summary>The table of contents: what can be asked.</summary>
public static class OnlineTests
{
    public static void MapOnlineTests(this IEndpointRouteBuilder app)
    {
        var tests = app.MapGroup("/evaluations/{runId:guid}/tests/{employeeId:guid}").WithTags("Tests").For(May.TakeTest);

        tests.MapGet("", GetTest.Handle);
        tests.MapPost("", SubmitTestHandler.Handle);
    }
}
