using Microsoft.AspNetCore.Localization;
using MudBlazor.Services;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Training.Portal;
using Training.Portal.Clients;
using Training.Portal.Components;
using Training.Portal.SignIn;

var builder = WebApplication.CreateBuilder(args);
// Styles and scripts of packages are found beside the build output too, not only after publishing.
builder.WebHost.UseStaticWebAssets();
builder.Services.AddRazorComponents().AddInteractiveServerComponents();
builder.Services.AddMudServices();
builder.Services.AddLocalization(options => options.ResourcesPath = "Resources");
builder.Services.AddMemoryCache();
builder.Services.AddSingleton(Names.Of(builder.Configuration, builder.Environment));
builder.Services.AddHttpClient<Backend>(http => http.Timeout = TimeSpan.FromSeconds(10));
builder.Services.AddSingleton(TimeProvider.System);
builder.AddSignIn();
builder.Services.AddHealthChecks();
builder.Services.AddOpenTelemetry()
    .ConfigureResource(resource => resource.AddService("portal"))
    .WithTracing(traces => traces.AddAspNetCoreInstrumentation().AddHttpClientInstrumentation())
    .WithMetrics(metrics => metrics.AddAspNetCoreInstrumentation().AddRuntimeInstrumentation())
    .UseOtlpExporter();

var app = builder.Build();
app.UseRequestLocalization(options => options
    .SetDefaultCulture(Cultures.Default)
    .AddSupportedCultures(Cultures.All)
    .AddSupportedUICultures(Cultures.All)
    // Not the browser's languages: Chinese is the default for everyone.
    .RequestCultureProviders = [new CookieRequestCultureProvider()]);
app.UseCultureSwitch();
app.UseSignIn();
app.UseAntiforgery();
app.MapStaticAssets().AllowAnonymous();
app.MapHealthChecks("/live").AllowAnonymous();
app.MapHealthChecks("/ready").AllowAnonymous();
app.MapSignIn();
app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
await app.RunAsync();

public partial class Program;
