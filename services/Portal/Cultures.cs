using Microsoft.AspNetCore.Localization;

namespace Training.Portal;

/// <summary>The languages of the portal. <c>?culture=en</c> on any page switches, and a cookie remembers.</summary>
static class Cultures
{
    public const string Default = "zh-CN";
    public static readonly string[] All = [Default, "en"];

    public static void UseCultureSwitch(this WebApplication app) => app.Use((http, next) =>
    {
        if (http.Request.Query["culture"].FirstOrDefault() is not { } wanted || !All.Contains(wanted)) return next();

        http.Response.Cookies.Append(CookieRequestCultureProvider.DefaultCookieName, CookieRequestCultureProvider.MakeCookieValue(new(wanted)),
            new() { IsEssential = true, MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, HttpOnly = true });
        var others = http.Request.Query.Where(one => one.Key != "culture").SelectMany(one => one.Value, (one, value) => KeyValuePair.Create(one.Key, value));
        http.Response.Redirect(http.Request.PathBase + http.Request.Path + QueryString.Create(others));
        return Task.CompletedTask;
    });
}
