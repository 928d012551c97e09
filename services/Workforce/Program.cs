using Training.Foundation;
using Training.Workforce;

var builder = WebApplication.CreateBuilder(args);
builder.AddFoundation(_ => { }, Published.Translate);

var app = builder.Build();
app.UseFoundation();
await app.RunAsync();

public partial class Program;
