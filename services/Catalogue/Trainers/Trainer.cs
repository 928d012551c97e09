using System.Collections.Immutable;
using Training.Catalogue.Courses;
using Training.Catalogue.Staff;
using Training.Foundation;

namespace Training.Catalogue.Trainers;

public readonly record struct TrainerId(Guid Value) : IId<TrainerId> { public static TrainerId From(Guid value) => new(value); }

/// <param name="Name">A label such as I2-HZ-07, never a person's name.</param>
/// <param name="Grade">What the trainer may teach.</param>
/// <param name="Region">Region served, or * for all.</param>
/// <param name="EmployeeId">The trainer as an employee; null for outside lecturers.</param>
/// <param name="HoursPerYear">Teaching hours agreed per year.</param>
/// <param name="FeePerHour">What a teaching hour costs.</param>
public record TrainerProfile(string Name, Grade Grade, string Region, EmployeeId? EmployeeId, decimal HoursPerYear, Money FeePerHour)
{
    /// <summary>Internal grades include the lower ones; coaches and outside bands teach only what asks for them.</summary>
    public bool MayTeach(Grade asked) => Grade == asked || (Grade <= Grade.I3 && asked <= Grade);
}

/// <summary>The grade the course asked for, and the last day of validity.</summary>
public record Authorisation(Grade CourseGrade, DateOnly ValidTo);

public interface ITrainerFact : IFact;
public record TrainerRegistered(TrainerId TrainerId, TrainerProfile Profile, DateTimeOffset At) : ITrainerFact;
public record TrainerRevised(TrainerId TrainerId, TrainerProfile Profile, DateTimeOffset At) : ITrainerFact;
public record TrainerAuthorised(TrainerId TrainerId, CourseId CourseId, Grade CourseGrade, DateOnly ValidTo, DateTimeOffset At) : ITrainerFact;
/// <summary>An authorisation ended before its time.</summary>
public record TrainerLapsed(TrainerId TrainerId, CourseId CourseId, DateOnly LapsedOn, string Reason, DateTimeOffset At) : ITrainerFact;
public record TrainerUnavailable(TrainerId TrainerId, DateTimeOffset From, DateTimeOffset To, string Reason, DateTimeOffset At) : ITrainerFact;
/// <summary>An absence, or a part of one, doesn't take place.</summary>
public record TrainerAvailable(TrainerId TrainerId, DateTimeOffset From, DateTimeOffset To, DateTimeOffset At) : ITrainerFact;
public record TrainerDeparted(TrainerId TrainerId, DateOnly LastWorkingDay, DateTimeOffset At) : ITrainerFact;
/// <summary>A former trainer teaches again; authorisations are granted anew.</summary>
public record TrainerReinstated(TrainerId TrainerId, TrainerProfile Profile, DateTimeOffset At) : ITrainerFact;

/// <summary>Someone who teaches: which courses, until when, and when not.</summary>
public partial record Trainer(
    Guid Id, TrainerProfile Profile, bool Departed, ImmutableDictionary<CourseId, Authorisation> Authorisations, ImmutableArray<Period> Absences)
{
    /// <summary>To find the trainer an employee is; empty for outside lecturers.</summary>
    public Guid EmployeeKey => Profile.EmployeeId?.Value ?? Guid.Empty;

    /// <summary>Ends the authorisations that <paramref name="which"/> names, in a fixed order.</summary>
    public IEnumerable<ITrainerFact> Lapse(Func<Authorisation, bool> which, DateOnly on, string reason, DateTimeOffset at) =>
        Authorisations.Where(held => which(held.Value)).OrderBy(held => held.Key.Value).Select(held => new TrainerLapsed(new(Id), held.Key, on, reason, at));

    public static Trainer Create(TrainerRegistered e) => new(e.TrainerId.Value, e.Profile, false, ImmutableDictionary<CourseId, Authorisation>.Empty, []);
    public Trainer Apply(TrainerRevised e) => this with { Profile = e.Profile };
    public Trainer Apply(TrainerAuthorised e) => this with { Authorisations = Authorisations.SetItem(e.CourseId, new(e.CourseGrade, e.ValidTo)) };
    public Trainer Apply(TrainerLapsed e) => this with { Authorisations = Authorisations.Remove(e.CourseId) };
    public Trainer Apply(TrainerUnavailable e) => this with { Absences = Absences.Add(new(e.From, e.To)) };
    public Trainer Apply(TrainerAvailable e) => this with { Absences = Absences.Without(new(e.From, e.To)) };
    public Trainer Apply(TrainerDeparted _) => this with { Departed = true };
    public Trainer Apply(TrainerReinstated e) => this with { Profile = e.Profile, Departed = false };
}
