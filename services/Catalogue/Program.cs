using Training.Catalogue;
using Training.Catalogue.Courses;
using Training.Catalogue.Reviews;
using Training.Catalogue.Staff;
using Training.Catalogue.Trainers;
using Training.Catalogue.Venues;
using Training.Foundation;

var builder = WebApplication.CreateBuilder(args);
builder.AddFoundation(store => store.AddCourses().AddTrainers().AddVenues().AddStaff().AddReviews(), Published.Translate);

var app = builder.Build();
app.UseFoundation();
app.MapCourses();
app.MapTrainers();
app.MapVenues();
app.MapReviews();
await app.RunAsync();

public partial class Program;
