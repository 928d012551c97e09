using Training.Evaluation;
using Training.Evaluation.Certificates;
using Training.Evaluation.Checklists;
using Training.Evaluation.Evaluations;
using Training.Evaluation.Findings;
using Training.Evaluation.Inspections;
using Training.Evaluation.Knowledge;
using Training.Evaluation.OnlineTests;
using Training.Evaluation.QuestionBanks;
using Training.Foundation;

var builder = WebApplication.CreateBuilder(args);
builder.AddFoundation(
    store => store.AddKnowledge().AddEvaluations().AddQuestionBanks().AddCertificates().AddChecklists().AddInspections().AddFindings(), Published.Translate);
builder.Services.AddSingleton(builder.Configuration.GetSection("Tolerance").Get<Tolerance>() ?? new());

var app = builder.Build();
app.UseFoundation();
app.MapEvaluations();
app.MapOnlineTests();
app.MapQuestionBanks();
app.MapCertificates();
app.MapChecklists();
app.MapInspections();
app.MapFindings();
await app.RunAsync();

public partial class Program;
