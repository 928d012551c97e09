using Training.Foundation;
using Training.Scheduling;
using Training.Scheduling.Calendars;
using Training.Scheduling.FirstFit;
using Training.Scheduling.Known;
using Training.Scheduling.Proposals;
using Training.Scheduling.Runs;
using Training.Scheduling.Sessions;
using Training.Scheduling.Verifier;

var builder = WebApplication.CreateBuilder(args);
builder.AddFoundation(store => store.AddKnown().AddCalendars().AddRuns().AddSessions().AddProposals(), Published.Translate);
builder.Services.AddScoped<Bookings>();
builder.Services.AddHostedService<FundingDeadline>();
builder.Services.AddPlanner(builder.Configuration);

var app = builder.Build();
app.UseFoundation();
app.MapCalendars();
app.MapRuns();
app.MapSessions();
app.MapFirstFit();
app.MapProposals();
app.MapVerifier();
await app.RunAsync();

public partial class Program;
