using System.Collections.Immutable;
using Training.Foundation;

namespace Training.Catalogue.Venues;

public readonly record struct VenueId(Guid Value) : IId<VenueId> { public static VenueId From(Guid value) => new(value); }
public readonly record struct EstateId(Guid Value) : IId<EstateId> { public static EstateId From(Guid value) => new(value); }

/// <param name="Name">What it says on the door.</param>
/// <param name="Region">Region code, such as HZ.</param>
/// <param name="EstateId">The estate it stands on; null for regional centres and hired rooms.</param>
/// <param name="Seats">Learners it holds.</param>
/// <param name="Equipment">What stands in it.</param>
/// <param name="HourlyRate">What an hour of it costs.</param>
public record VenueProfile(string Name, string Region, EstateId? EstateId, int Seats, ImmutableArray<string> Equipment, Money HourlyRate)
{
    public bool Same(VenueProfile other) => this with { Equipment = [] } == other with { Equipment = [] } && Equipment.SequenceEqual(other.Equipment);
}

public interface IVenueFact : IFact;
public record VenueOpened(VenueId VenueId, VenueProfile Profile, DateTimeOffset At) : IVenueFact;
public record VenueRefitted(VenueId VenueId, VenueProfile Profile, DateTimeOffset At) : IVenueFact;
/// <summary>Nothing can be held in it for a time, the end not included.</summary>
public record VenueClosed(VenueId VenueId, DateTimeOffset From, DateTimeOffset To, string Reason, DateTimeOffset At) : IVenueFact;
/// <summary>What was closed in this time is not.</summary>
public record VenueReopened(VenueId VenueId, DateTimeOffset From, DateTimeOffset To, DateTimeOffset At) : IVenueFact;

/// <summary>A room or ground where sessions take place.</summary>
public partial record Venue(Guid Id, VenueProfile Profile)
{
    public ImmutableArray<Period> Closures { get; init; } = [];

    public static Venue Create(VenueOpened e) => new(e.VenueId.Value, e.Profile);
    public Venue Apply(VenueRefitted e) => this with { Profile = e.Profile };
    public Venue Apply(VenueClosed e) => this with { Closures = Closures.Add(new(e.From, e.To)) };
    public Venue Apply(VenueReopened e) => this with { Closures = Closures.Without(new(e.From, e.To)) };
}
