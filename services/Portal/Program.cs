using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.Localization;
using MudBlazor.Services;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Training.Foundation;
using Training.Portal;
using Training.Portal.Clients;
using Training.Portal.Components;
using Training.Portal.Downloads;
using Training.Portal.Frame;
using Training.Portal.SignIn;

var builder = WebApplication.CreateBuilder(args);
// Styles and scripts of packages are found beside the build output too, not only after publishing.
builder.WebHost.UseStaticWebAssets();
builder.Services.AddRazorComponents().AddInteractiveServerComponents();
builder.Services.AddMudServices(options => options.SnackbarConfiguration.PositionClass = MudBlazor.Defaults.Classes.Position.BottomCenter);
builder.Services.AddSingleton<IStringLocalizer<Shared>>(Texts.Of(builder.Environment));
builder.Services.AddSingleton(Refusals.Of(builder.Environment));
builder.Services.AddMemoryCache();
builder.Services.AddSingleton(Names.Of(builder.Configuration, builder.Environment));
builder.Services.AddSingleton<Recent>();
builder.Services.AddScoped<Visitors>();
builder.Services.AddSingleton<Health>();
builder.Services.AddSingleton<CertificatePdf>();
// How long a service may take is said for each request.
builder.Services.AddHttpClient(nameof(Backend), http => http.Timeout = Timeout.InfiniteTimeSpan);
builder.Services.AddScoped(services => ActivatorUtilities.CreateInstance<Backend>(services, services.GetRequiredService<IHttpClientFactory>().CreateClient(nameof(Backend))));
builder.Services.AddSingleton(TimeProvider.System);
builder.AddSignIn();
// The tokens in pages are encrypted anew each time, so their compressed length tells nothing about them.
builder.Services.AddResponseCompression(options => options.EnableForHttps = true);
builder.Services.AddHealthChecks();
builder.Services.AddOpenTelemetry()
    .ConfigureResource(resource => resource.AddService("portal"))
    .WithTracing(traces => traces.AddRequests())
    .WithMetrics(metrics => metrics.AddAspNetCoreInstrumentation().AddRuntimeInstrumentation())
    .UseOtlpExporter();

var app = builder.Build();
app.UseResponseCompression();
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
app.MapDownloads();
// Our own policy says who may frame pages (SignIn/); a second one would only repeat it.
app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);
await app.RunAsync();

public partial class Program;
