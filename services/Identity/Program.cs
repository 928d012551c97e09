using Training.Foundation;
using Training.Identity;
using Training.Identity.Connect;
using Training.Identity.Demo;
using Training.Identity.SignIn;
using Training.Identity.Users;

var builder = WebApplication.CreateBuilder(args);
builder.AddFoundation(store => store.AddUsers(), Published.Translate);
builder.AddConnect();
builder.AddSignIn();
builder.Services.AddHostedService<DemoAccounts>();

var app = builder.Build();
app.UseSignIn();
app.UseFoundation();
app.UseAntiforgery();
app.MapUsers();
app.MapConnect();
app.MapSignIn();
await app.RunAsync();

public partial class Program;
