using Training.Foundation;
using Training.Workforce;
using Training.Workforce.Employees;
using Training.Workforce.Estates;
using Training.Workforce.HrEdge;
using Training.Workforce.Imports;
using Training.Workforce.Rosters;
using Training.Workforce.WageBases;

var builder = WebApplication.CreateBuilder(args);
builder.AddFoundation(store => store.AddEstates().AddEmployees().AddRosters().AddWageBases().AddHrEdge(), Published.Translate);
builder.AddHrDoor();

var app = builder.Build();
app.UseFoundation();
app.MapEstates();
app.MapEmployees();
app.MapWageBases();
app.MapImports();
app.MapHrEdge();
await app.RunAsync();

public partial class Program;
