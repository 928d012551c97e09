using Training.Foundation;
using Training.NeedsAssessment;
using Training.NeedsAssessment.Needs;
using Training.NeedsAssessment.Plans;
using Training.NeedsAssessment.Profiles;
using Training.NeedsAssessment.Requests;
using Training.NeedsAssessment.Standards;
using Training.NeedsAssessment.Surveys;

var builder = WebApplication.CreateBuilder(args);
builder.AddFoundation(store => store.AddStandards().AddProfiles().AddNeeds().AddRequests().AddSurveys().AddPlans(), Published.Translate);
builder.Services.AddSingleton(builder.Configuration.GetSection("RatingWeights").Get<RatingWeights>() ?? new());
builder.Services.AddSingleton<HeatMaps>().AddHybridCache();
builder.Services.AddSingleton(builder.Configuration.GetSection("Planning").Get<PlanningLimits>() ?? new());

var app = builder.Build();
app.UseFoundation();
app.MapStandards();
app.MapProfiles();
app.MapNeeds();
app.MapRequests();
app.MapSurveys();
app.MapPlans();
await app.RunAsync();

public partial class Program;
