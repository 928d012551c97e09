using Training.Foundation;
using Training.NeedsAssessment;
using Training.NeedsAssessment.Profiles;
using Training.NeedsAssessment.Standards;

var builder = WebApplication.CreateBuilder(args);
builder.AddFoundation(store => store.AddStandards().AddProfiles(), Published.Translate);
builder.Services.AddSingleton(builder.Configuration.GetSection("RatingWeights").Get<RatingWeights>() ?? new());

var app = builder.Build();
app.UseFoundation();
app.MapStandards();
app.MapProfiles();
await app.RunAsync();

public partial class Program;
