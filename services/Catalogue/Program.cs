using Training.Catalogue;
using Training.Catalogue.Courses;
using Training.Catalogue.Reviews;
using Training.Catalogue.Staff;
using Training.Catalogue.Trainers;
using Training.Catalogue.Venues;
using Training.Foundation;

var builder = WebApplication.CreateBuilder(args);
builder.AddFoundation(store => store.AddCourses().AddTrainers().AddVenues().AddStaff().AddReviews(), Published.Translate);
// What a request leaves out or sends as null without being asked to is malformed, never a null inside.
builder.Services.ConfigureHttpJsonOptions(http =>
    (http.SerializerOptions.RespectRequiredConstructorParameters, http.SerializerOptions.RespectNullableAnnotations) = (true, true));

var app = builder.Build();
app.UseFoundation();
app.MapCourses();
app.MapTrainers();
app.MapVenues();
app.MapReviews();
await app.RunAsync();

public partial class Program;
