using Training.Catalogue.Venues;
using Training.Foundation;
using static Training.Catalogue.Tests.CatalogueFacts;
using static Training.Catalogue.Venues.CloseVenueHandler;

namespace Training.Catalogue.Tests.Venues;

public class CloseVenueTests
{
    static readonly VenueOpened Opened = new(new(Guid.CreateVersion7()), Room, Now);
    static readonly VenueClosed Closed = new(Opened.VenueId, Now.AddDays(7), Now.AddDays(14), "painters", Now);

    static CloseVenue Close(int from, int to) => new(Period.Of(Now.AddDays(from), Now.AddDays(to)), "painters", Now);
    static ReopenVenue Reopen(int from, int to) => new(Period.Of(Now.AddDays(from), Now.AddDays(to)), Now);

    [Fact]
    public void A_venue_closes_for_a_time() => Given<Venue>.That(Opened).When(venue => Decide(venue, Close(7, 14))).Then(Closed);

    [Fact]
    public void What_is_closed_already_is_not_closed_again()
    {
        Given<Venue>.That(Opened, Closed).When(venue => Decide(venue, Close(8, 14))).ThenNothing();
        Given<Venue>.That(Opened, Closed).When(venue => Decide(venue, Close(7, 15))).Then(Closed with { To = Closed.To.AddDays(1) });
    }

    [Fact]
    public void A_closure_or_a_part_of_it_is_taken_back()
    {
        var open = new VenueReopened(Opened.VenueId, Now.AddDays(9), Now.AddDays(10), Now);
        Given<Venue>.That(Opened, Closed).When(venue => ReopenVenueHandler.Decide(venue, Reopen(9, 10))).Then(open);
        Given<Venue>.That(Opened, Closed, open).When(venue => ReopenVenueHandler.Decide(venue, Reopen(9, 10))).ThenNothing();
        Given<Venue>.That(Opened, Closed).When(venue => ReopenVenueHandler.Decide(venue, Reopen(14, 20))).ThenNothing();

        var venue = Venue.Create(Opened).Apply(Closed);
        Assert.Equal([(7, 9), (10, 14)], Days(venue.Apply(open)));
        Assert.Equal([(10, 14)], Days(venue.Apply(open).Apply(new VenueReopened(Opened.VenueId, Now, Now.AddDays(9), Now))));
        Assert.Empty(Days(venue.Apply(new VenueReopened(Opened.VenueId, Now, Now.AddDays(20), Now))));

        static IEnumerable<(int, int)> Days(Venue venue) => venue.Closures.Select(closure => ((closure.From - Now).Days, (closure.To - Now).Days));
    }

    [Fact]
    public void A_closure_that_ends_before_it_starts_is_refused() => Assert.Equal("ends-before-it-starts", Assert.Throws<RuleBroken>(() => Close(7, 7)).Code);
}
