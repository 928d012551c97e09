using Training.Catalogue.Venues;
using Training.Foundation;
using static Training.Catalogue.Tests.CatalogueFacts;
using static Training.Catalogue.Venues.OpenVenueHandler;

namespace Training.Catalogue.Tests.Venues;

public class OpenVenueTests
{
    static readonly VenueOpened Fact = new(new(Guid.CreateVersion7()), Room, Now);
    static readonly OpenVenue Same = new(Fact.VenueId, Room, Now);

    [Fact]
    public void A_venue_opens_once()
    {
        GivenNothing.When(() => Decide(null, Same)).Then(Fact);
        Given<Venue>.That(Fact).When(venue => Decide(venue, Same with { Profile = Room with { Equipment = ["projector"] } })).ThenNothing();
    }

    [Fact]
    public void Another_profile_refits_it()
    {
        var refitted = new VenueRefitted(Fact.VenueId, Room with { Equipment = ["projector", "pool"] }, Now);
        Given<Venue>.That(Fact).When(venue => Decide(venue, Same with { Profile = refitted.Profile })).Then(refitted);
        Given<Venue>.That(Fact, refitted).When(venue => Decide(venue, Same with { Profile = refitted.Profile })).ThenNothing();
    }

    [Fact]
    public void Impossible_rooms_are_refused()
    {
        GivenNothing.When(() => Decide(null, Same with { Profile = Room with { Seats = 0 } })).ThenBroken("no-seats");
        GivenNothing.When(() => Decide(null, Same with { Profile = Room with { HourlyRate = Cny(-1) } })).ThenBroken("negative-rate");
        GivenNothing.When(() => Decide(null, Same with { Profile = Room with { HourlyRate = new Money(1, "") } })).ThenBroken("no-currency");
    }
}
