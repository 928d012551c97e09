using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Training.Foundation;

/// <summary>Every error answer is RFC 9457 problem details with a stable kebab-case <c>code</c>.</summary>
static class Problems
{
    internal static void AddProblems(this WebApplicationBuilder builder)
    {
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        builder.Services.AddExceptionHandler<Handler>();
        builder.Services.AddProblemDetails(options => options.CustomizeProblemDetails = context =>
        {
            context.ProblemDetails.Extensions.TryAdd("code", context.ProblemDetails.Status switch
            {
                StatusCodes.Status401Unauthorized => "not-signed-in",
                StatusCodes.Status403Forbidden => "forbidden",
                StatusCodes.Status404NotFound => "not-found",
                StatusCodes.Status405MethodNotAllowed => "method-not-allowed",
                StatusCodes.Status413PayloadTooLarge => "too-large",
                StatusCodes.Status415UnsupportedMediaType => "unsupported-media-type",
                _ => "unexpected",
            });
            context.ProblemDetails.Extensions.TryAdd("traceId", Activity.Current?.TraceId.ToString());
        });
    }

    sealed class Handler(IProblemDetailsService problems) : IExceptionHandler
    {
        public ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
        {
            var (status, code) = exception switch
            {
                RuleBroken broken => (StatusCodes.Status422UnprocessableEntity, broken.Code),
                Missing => (StatusCodes.Status404NotFound, "not-found"),
                Forbidden => (StatusCodes.Status403Forbidden, "forbidden"),
                BadHttpRequestException => (StatusCodes.Status400BadRequest, "malformed-request"),
                _ when WriteConflict.Is(exception) => (StatusCodes.Status412PreconditionFailed, "stale-version"),
                _ => (StatusCodes.Status500InternalServerError, "unexpected"),
            };
            if (status == StatusCodes.Status500InternalServerError) return ValueTask.FromResult(false);

            httpContext.Response.StatusCode = status;
            return problems.TryWriteAsync(new()
            {
                HttpContext = httpContext,
                ProblemDetails =
                {
                    Status = status,
                    Detail = exception is BadHttpRequestException { InnerException: { } inner } ? $"{exception.Message} {inner.Message}" : exception.Message,
                    Extensions = { ["code"] = code },
                },
            });
        }
    }
}
