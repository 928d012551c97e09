using Training.Catalogue.Courses;
using Training.Catalogue.Staff;
using Training.Catalogue.Trainers;
using Training.Catalogue.Venues;
using Training.Foundation;

namespace Training.Catalogue.Tests;

/// <summary>Facts that many tests start from.</summary>
static class CatalogueFacts
{
    public static readonly DateTimeOffset Now = new(2026, 11, 24, 2, 0, 0, TimeSpan.Zero);
    public static readonly DateOnly Today = new(2026, 11, 24), NextYear = new(2027, 12, 31);

    public static readonly CourseContent Content = new(
        "门岗访客与车辆管理", "Gate: visitors and vehicles", Module.K, Mode.OJT, 240, 4, 15, [new("C13", 3, 4)], [new("SEC", 1)], [], 24, "FC2", Grade.OJT, [], Cny(0), Cny(0));

    public static readonly TrainerProfile Profile = new("I2-HZ-07", Grade.I2, "HZ", new EmployeeId(Guid.CreateVersion7()), 48, Cny(120));
    public static readonly VenueProfile Room = new("HZ-1", "HZ", null, 30, ["projector"], Cny(200));

    public static Money Cny(decimal amount) => new(amount, "CNY");

    public static CoursePublished Published(string code, CourseContent? content = null) => new(new(Guid.CreateVersion7()), code, 1, content ?? Content, Now);
    public static Course Course(string code, CourseContent? content = null) => Given<Course>.That(Published(code, content)).State;
    public static TrainerRegistered Registered(TrainerProfile? profile = null) => new(new(Guid.CreateVersion7()), profile ?? Profile, Now);
}
