using System.Text.Json.Serialization;

namespace Training.Scheduling.Verifier;

/// <summary>Something a schedule does that it must not, in words. Kinds are stable kebab-case codes.</summary>
public record Violation(string Kind, IReadOnlyList<Guid> SessionIds, string Text)
{
    /// <summary>The post and the half hour that are short, in no language.</summary>
    [JsonIgnore] public string About { get; init; } = "";
}

/// <summary>What the verifier found. Slots are half hours of a post (F21); those short by the roster itself release nobody to training.</summary>
public record Report(int Sessions, int SlotsChecked, int SlotsBelowMinimum, int SlotsShortByRoster, IReadOnlyList<Violation> Violations);

/// <summary>A session as the verifier reads it; everyone who is away for it, the trainer included where he is staff.</summary>
public record Meeting(
    Guid Id, Guid CourseId, string Course, DateTimeOffset From, DateTimeOffset To, string TimeZone, Guid Trainer, Guid Venue, IReadOnlyList<Guid> Learners, IReadOnlyList<Attendee> Away);

/// <summary>Somebody who is away, from leaving his post to being back.</summary>
public record Attendee(Guid Employee, DateTimeOffset From, DateTimeOffset To);

public record Teaching(string Name, IReadOnlyDictionary<Guid, DateOnly> AuthorisedTo, IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)> Absent);
public record Hall(string Name, int Seats, IReadOnlyList<string> Equipment, IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)> Closed);
public record Course(int MaxLearners, IReadOnlyList<string> Equipment);
public record Post(string Code, TimeOnly From, TimeOnly To, int Heads, string Licence);

/// <summary>One person's duty at a post.</summary>
public record Duty(string Post, Guid Employee, DateTimeOffset From, DateTimeOffset To);

/// <summary>One estate's posts and duties over the days that have a roster.</summary>
public record Site(string Code, string TimeZone, IReadOnlyList<Post> Posts, IReadOnlyList<Duty> Duties, IReadOnlySet<DateOnly> Rostered);

/// <summary>All there is to judge by; <c>Booked</c> is what calendars hold: a session, and the trainer, venue or person it takes.</summary>
public record Evidence(
    IReadOnlyList<Meeting> Meetings, IReadOnlyDictionary<Guid, Teaching> Trainers, IReadOnlyDictionary<Guid, Hall> Venues, IReadOnlyDictionary<Guid, Course> Courses,
    IReadOnlyList<Site> Sites, IReadOnlyDictionary<(Guid Employee, string Licence), DateOnly> Licences, IReadOnlySet<(Guid Session, Guid Whose)> Booked);
