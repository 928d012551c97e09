using Training.Budgeting;
using Training.Budgeting.Funding;
using Training.Budgeting.Lines;
using Training.Budgeting.Periods;
using Training.Foundation;

var builder = WebApplication.CreateBuilder(args);
builder.AddFoundation(store => store.AddPeriods().AddLines().AddFunding(), Published.Translate);

var app = builder.Build();
app.UseFoundation();
app.MapPeriods();
app.MapLines();
app.MapFunding();
await app.RunAsync();

public partial class Program;
