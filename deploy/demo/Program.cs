using Microsoft.Extensions.Configuration;
using Training.Demo;

var settings = new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(args).Build();
string[] services = ["Workforce", "NeedsAssessment", "Catalogue", "Scheduling", "Budgeting", "Evaluation"];
string Setting(string name) => settings[name] ?? throw new InvalidOperationException($"{name} is missing.");

using var actors = new ClientCredentials(new(Setting("Auth:Authority")), "demo", File.ReadAllText(Setting("Auth:ClientSecretFile")).Trim());
var options = new DemoOptions(
    int.TryParse(settings["estates"], out var estates) ? estates : 40,
    services.ToDictionary(service => service, service => new Uri(Setting($"Services:{service}"))),
    Setting("ConnectionStrings:bus"),
    actors.Token);

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) =>
{
    press.Cancel = true;
    stop.Cancel();
};
try
{
    var answers = await QuarterRun.Drive(options, TimeProvider.System, Console.WriteLine, stop.Token);
    return answers.All(answer => answer.Ok) ? 0 : 1;
}
catch (Exception exception) when (exception is Refused or TimeoutException or OperationCanceledException or HttpRequestException)
{
    Console.Error.WriteLine($"The demo stopped: {exception.Message}");
    return 2;
}
