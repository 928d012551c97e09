using Training.Scheduling.Verifier;
using static Training.Scheduling.Tests.World;

namespace Training.Scheduling.Tests.Verifier;

public class VerifyTests
{
    static readonly Guid A = Id("a"), B = Id("b"), C = Id("c"), Teacher = Id("teacher"), Hall = Id("hall"), K05 = Id("K05");

    static Meeting Meeting(string name, int day, double from, double to, params Guid[] learners) => new(
        Id(name), K05, "K05", At(day, from), At(day, to), Zone, Teacher, Hall, learners, [.. learners.Select(learner => new Attendee(learner, At(day, from), At(day, to)))]);

    static Duty On(Guid who, int day, double from, double to) => new("GATE", who, At(day, from), At(day, to));

    static Evidence Sound(params Meeting[] meetings) => new(
        meetings,
        new Dictionary<Guid, Teaching> { [Teacher] = new("T1", new Dictionary<Guid, DateOnly> { [K05] = new(2027, 1, 6) }, []), [Id("other")] = new("T2", new Dictionary<Guid, DateOnly> { [K05] = new(2027, 1, 6) }, []) },
        new Dictionary<Guid, Hall> { [Hall] = new("H1", 2, ["projector"], []), [Id("hall2")] = new("H2", 9, [], []) },
        new Dictionary<Guid, Course> { [K05] = new(2, ["projector"]) },
        [new("EST-01", Zone, [new("GATE", new(8, 0), new(16, 0), 1, "")], [On(A, 0, 8, 16), On(B, 0, 8, 16), On(A, 1, 8, 16), On(C, 1, 16, 24)], new HashSet<DateOnly> { Monday, Monday.AddDays(1) })],
        new Dictionary<(Guid, string), DateOnly>(),
        meetings.SelectMany(meeting => new[] { meeting.Trainer, meeting.Venue }.Concat(meeting.Away.Select(one => one.Employee)).Append(Id("hall2")).Append(Id("other"))
            .Select(whose => (meeting.Id, whose))).ToHashSet());

    static string[] Kinds(Evidence evidence) => [.. Verify.Judge(evidence).Violations.Select(violation => violation.Kind).Distinct().Order(StringComparer.Ordinal)];

    [Fact]
    public void A_sound_schedule_has_no_violation_and_all_half_hours_are_checked()
    {
        var report = Verify.Judge(Sound(Meeting("one", 0, 9, 13, A), Meeting("two", 0, 13, 14, B)));
        Assert.Empty(report.Violations);
        Assert.Equal((2, 32, 0, 0), (report.Sessions, report.SlotsChecked, report.SlotsBelowMinimum, report.SlotsShortByRoster));
    }

    [Fact]
    public void A_trainer_in_two_places_is_found() =>
        Assert.Equal(["trainer-double-booked"], Kinds(Sound(Meeting("one", 0, 9, 13, A), Meeting("two", 0, 12, 14) with { Venue = Id("hall2") }) with
        {
            Courses = new Dictionary<Guid, Course> { [K05] = new(2, []) },
        }));

    [Fact]
    public void A_venue_used_twice_is_found_even_inside_a_longer_session() =>
        Assert.Equal(["venue-double-booked"], Kinds(Sound(Meeting("one", 0, 9, 14, A), Meeting("two", 0, 9.5, 10) with { Trainer = Id("other") }, Meeting("three", 0, 13, 13.5) with { Trainer = Id("other") })));

    [Fact]
    public void A_learner_in_two_sessions_is_found() =>
        Assert.Contains("learner-double-booked", Kinds(Sound(Meeting("one", 0, 9, 13, A), Meeting("two", 0, 12, 14, A))));

    [Fact]
    public void An_expired_authorisation_is_found() => Assert.Equal(["trainer-not-authorised"], Kinds(Sound(Meeting("one", 3, 9, 13, A))));

    [Fact]
    public void An_absent_trainer_is_found()
    {
        var sound = Sound(Meeting("one", 0, 9, 13, A));
        Assert.Equal(["trainer-unavailable"], Kinds(sound with { Trainers = new Dictionary<Guid, Teaching> { [Teacher] = sound.Trainers[Teacher] with { Absent = [(At(0, 12), At(0, 20))] } } }));
    }

    [Fact]
    public void A_closed_venue_is_found()
    {
        var sound = Sound(Meeting("one", 0, 9, 13, A));
        Assert.Equal(["venue-closed"], Kinds(sound with { Venues = sound.Venues.ToDictionary(venue => venue.Key, venue => venue.Value with { Closed = [(At(0, 12), At(0, 20))] }) }));
    }

    [Fact]
    public void Too_few_seats_are_found() =>
        Assert.Equal(["too-few-seats"], Kinds(Sound(Meeting("one", 2, 9, 13, A, B, C) with { Away = [] })));

    [Fact]
    public void Missing_equipment_is_found() => Assert.Equal(["equipment-missing"], Kinds(Sound(Meeting("one", 0, 9, 13, A) with { Venue = Id("hall2") })));

    [Fact]
    public void A_session_some_calendar_has_lost_is_found()
    {
        var sound = Sound(Meeting("one", 0, 9, 13, A));
        foreach (var lost in (Guid[])[Teacher, Hall, A])
            Assert.Equal(["not-booked"], Kinds(sound with { Booked = sound.Booked.Where(pair => pair.Whose != lost).ToHashSet() }));
    }

    [Fact]
    public void A_post_left_alone_is_found_with_its_half_hours()
    {
        var report = Verify.Judge(Sound(Meeting("one", 0, 9, 11, A, B)));
        Assert.Equal((4, 0), (report.SlotsBelowMinimum, report.SlotsShortByRoster));
        Assert.All(report.Violations, violation => Assert.Equal("post-below-minimum", violation.Kind));
        Assert.Equal("Post GATE of EST-01 has 0 of 1 on 2027-01-04 at 09:00; 2 are on its roster.", report.Violations[0].Text);
    }

    [Fact]
    public void Only_the_sessions_of_a_short_half_hour_are_named()
    {
        var report = Verify.Judge(Sound(Meeting("one", 0, 9, 11, A, B), Meeting("two", 0, 14, 15, A), Meeting("three", 0, 10.5, 12) with { Venue = Id("hall2"), Trainer = Id("other"), Away = [new(C, At(0, 10.5), At(0, 12))] }));
        var named = report.Violations.Where(violation => violation.Kind == "post-below-minimum").ToList();
        Assert.Equal(4, named.Count);
        Assert.All(named, violation => Assert.Equal([Id("one")], violation.SessionIds));
    }

    [Fact]
    public void A_roster_short_by_itself_is_no_fault_of_training()
    {
        var sound = Sound(Meeting("one", 2, 9, 13));
        var report = Verify.Judge(sound with { Sites = [sound.Sites[0] with { Duties = [] }] });
        Assert.Equal((0, 32), (report.SlotsBelowMinimum, report.SlotsShortByRoster));
    }

    [Fact]
    public void Only_valid_licences_keep_a_post()
    {
        var sound = Sound(Meeting("one", 0, 9, 11, A));
        var licensed = sound with
        {
            Sites = [sound.Sites[0] with { Posts = [new("GATE", new(8, 0), new(16, 0), 1, "fire")] }],
            Licences = new Dictionary<(Guid, string), DateOnly> { [(A, "fire")] = new(2027, 1, 31), [(B, "fire")] = new(2027, 1, 3) },
        };
        Assert.Equal(4, Verify.Judge(licensed).SlotsBelowMinimum);
    }

    [Fact]
    public void A_night_without_rest_is_found()
    {
        Assert.Equal(["rest-too-short"], Kinds(Sound(Meeting("one", 2, 8, 12, C))));
        Assert.Empty(Kinds(Sound(Meeting("one", 2, 11, 15, C))));
    }

    [Fact]
    public void Two_classes_far_apart_on_a_day_off_are_one_stretch()
    {
        Assert.Empty(Kinds(Sound(Meeting("one", 2, 9, 11, A), Meeting("two", 2, 20, 22, A))));
        Assert.Equal(["rest-too-short"], Kinds(Sound(Meeting("one", 2, 9, 11, A), Meeting("two", 2, 20, 22.5, A))));
        Assert.Empty(Kinds(Sound(Meeting("one", 2, 9, 11, A), Meeting("two", 2, 20, 22.5, B))));
    }

    [Theory]
    [InlineData(0, 1, false)]
    [InlineData(1, 0, true)]
    [InlineData(0, 0, true)]
    public void A_course_before_what_it_builds_on_is_found(int firstOn, int secondOn, bool found)
    {
        var (first, second) = (World.Course with { Id = Id("first"), Code = "K01" }, World.Course with { Prerequisites = [Id("first")] });
        Scheduling.Sessions.Session Session(Known.KnownCourse course, string run, int day, params int[] people) => Given<Scheduling.Sessions.Session>.That(Sessions.SessionFacts.Scheduled() with
        {
            RunId = new(Id(run)), CourseId = new(course.Id), CourseCode = course.Code, StartsAt = At(day, 9), EndsAt = At(day, 13), Learners = [.. people.Select(Person)],
        }).State;
        var courses = new[] { first, second }.ToDictionary(course => course.Id);
        // Employee 3 has the second course only.
        var violations = Order.Judge([Session(first, "one", firstOn, 1, 2), Session(second, "two", secondOn, 2, 3)], courses);
        Assert.Equal(found ? [$"Employee {Person(2).Value} has K05 at {At(secondOn, 9):u}, before the end of K01, on which it builds."] : Array.Empty<string>(), violations.Select(violation => violation.Text));
    }
}
