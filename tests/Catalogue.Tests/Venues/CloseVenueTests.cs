using Training.Catalogue.Venues;
using static Training.Catalogue.Tests.CatalogueFacts;
using static Training.Catalogue.Venues.CloseVenueHandler;

namespace Training.Catalogue.Tests.Venues;

public class CloseVenueTests
{
    static readonly VenueOpened Opened = new(new(Guid.CreateVersion7()), Room, Now);
    static readonly VenueClosed Closed = new(Opened.VenueId, Now.AddDays(7), Now.AddDays(14), "painters", Now);
    static readonly CloseVenue Close = new(Closed.From, Closed.To, "painters", Now);

    [Fact]
    public void A_venue_closes_for_a_time() => Given<Venue>.That(Opened).When(venue => Decide(venue, Close)).Then(Closed);

    [Fact]
    public void What_is_closed_already_is_not_closed_again()
    {
        Given<Venue>.That(Opened, Closed).When(venue => Decide(venue, Close with { From = Close.From.AddDays(1) })).ThenNothing();
        Given<Venue>.That(Opened, Closed).When(venue => Decide(venue, Close with { To = Close.To.AddDays(1) })).Then(Closed with { To = Closed.To.AddDays(1) });
    }

    [Fact]
    public void A_closure_that_ends_before_it_starts_is_refused() =>
        Given<Venue>.That(Opened).When(venue => Decide(venue, Close with { To = Close.From })).ThenBroken("ends-before-it-starts");
}
