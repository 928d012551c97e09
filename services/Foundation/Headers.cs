using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Training.Foundation;

/// <summary>What every page tells the browser to refuse.</summary>
public static class Headers
{
    /// <param name="app">The site.</param>
    /// <param name="contentSecurityPolicy">What the page needs, and nothing else.</param>
    public static void UseSecurityHeaders(this WebApplication app, Func<HttpContext, string> contentSecurityPolicy) => app.Use((http, next) =>
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = contentSecurityPolicy(http);
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(self), geolocation=(), microphone=(), payment=(), usb=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        if (http.Request.IsHttps) headers.StrictTransportSecurity = "max-age=31536000";
        return next();
    });
}
