using Training.Scheduling.Calendars;
using Training.Scheduling.Known;
using static Training.Scheduling.Tests.World;

namespace Training.Scheduling.Tests.Calendars;

public class BookTrainerAndVenueTests
{
    static readonly SessionId One = new(Id("session-1")), Two = new(Id("session-2"));
    static readonly Span Morning = From(0, 9, 13);
    static readonly TrainerBooked Teaches = new(new(Trainer.Id), 2027, One, Morning.From, Morning.To);
    static readonly VenueBooked Taken = new(new(Venue.Id), One, Morning.From, Morning.To);

    static BookTrainer Teach(SessionId session, Span span, KnownTrainer? trainer = null) => new(session, span, Zone, Course, trainer ?? Trainer);
    static BookVenue Use(SessionId session, Span span, int heads = 20, KnownVenue? venue = null) => new(session, span, Zone, heads, Course, venue ?? Venue);

    [Fact]
    public void A_free_trainer_is_booked_once()
    {
        GivenNothing.When(() => BookTrainerHandler.Decide(null, Teach(One, Morning))).Then(Teaches);
        Given<TrainerCalendar>.That(Teaches).When(calendar => BookTrainerHandler.Decide(calendar, Teach(One, Morning))).ThenNothing();
    }

    [Fact]
    public void A_trainer_teaches_one_session_at_a_time()
    {
        Given<TrainerCalendar>.That(Teaches).When(calendar => BookTrainerHandler.Decide(calendar, Teach(Two, From(0, 12, 14)))).ThenBroken("overlapping-session");
        Given<TrainerCalendar>.That(Teaches).When(calendar => BookTrainerHandler.Decide(calendar, Teach(Two, From(0, 13, 14))))
            .Then(new TrainerBooked(new(Trainer.Id), 2027, Two, At(0, 13), At(0, 14)));
        Given<TrainerCalendar>.That(Teaches, new TrainerReleased(One)).When(calendar => BookTrainerHandler.Decide(calendar, Teach(Two, Morning)))
            .Then(Teaches with { SessionId = Two });
    }

    [Fact]
    public void An_authorisation_ends_with_its_last_day()
    {
        var until = Trainer with { Authorisations = Trainer.Authorisations.SetItem(Course.Id, new(2027, 1, 4)) };
        GivenNothing.When(() => BookTrainerHandler.Decide(null, Teach(One, Morning, until))).Then(Teaches);
        GivenNothing.When(() => BookTrainerHandler.Decide(null, Teach(One, From(1, 9, 13), until))).ThenBroken("trainer-not-authorised");
    }

    [Fact]
    public void An_absent_or_exhausted_trainer_is_refused()
    {
        GivenNothing.When(() => BookTrainerHandler.Decide(null, Teach(One, Morning, Trainer with { Unavailable = [From(0, 0, 24)] }))).ThenBroken("trainer-unavailable");
        GivenNothing.When(() => BookTrainerHandler.Decide(null, Teach(One, Morning, Trainer with { HoursPerYear = 3.5m }))).ThenBroken("trainer-over-hours");
        Given<TrainerCalendar>.That(Teaches).When(calendar => BookTrainerHandler.Decide(calendar, Teach(Two, From(1, 9, 13), Trainer with { HoursPerYear = 7 }))).ThenBroken("trainer-over-hours");
    }

    [Fact]
    public void Releasing_a_trainer_or_venue_needs_a_booking()
    {
        Given<TrainerCalendar>.That(Teaches).When(calendar => BookTrainerHandler.Decide(calendar, new ReleaseTrainer(One))).Then(new TrainerReleased(One));
        GivenNothing.When(() => BookTrainerHandler.Decide(null, new ReleaseTrainer(One))).ThenNothing();
        Given<VenueCalendar>.That(Taken).When(calendar => BookVenueHandler.Decide(calendar, new ReleaseVenue(One))).Then(new VenueReleased(One));
        Given<VenueCalendar>.That(Taken, new VenueReleased(One)).When(calendar => BookVenueHandler.Decide(calendar, new ReleaseVenue(One))).ThenNothing();
    }

    [Fact]
    public void A_closed_venue_is_refused()
    {
        var closed = Venue with { Closed = [From(0, 12, 36)] };
        GivenNothing.When(() => BookVenueHandler.Decide(null, Use(One, Morning, venue: closed))).ThenBroken("venue-closed");
        GivenNothing.When(() => BookVenueHandler.Decide(null, Use(One, From(1, 12, 16), venue: closed))).Then(Taken with { From = At(1, 12), To = At(1, 16) });
    }

    [Fact]
    public void A_venue_is_free_large_and_equipped()
    {
        GivenNothing.When(() => BookVenueHandler.Decide(null, Use(One, Morning))).Then(Taken);
        Given<VenueCalendar>.That(Taken).When(calendar => BookVenueHandler.Decide(calendar, Use(One, Morning))).ThenNothing();
        Given<VenueCalendar>.That(Taken).When(calendar => BookVenueHandler.Decide(calendar, Use(Two, From(0, 8, 9.5)))).ThenBroken("overlapping-session");
        GivenNothing.When(() => BookVenueHandler.Decide(null, Use(One, Morning, heads: 21))).ThenBroken("venue-too-small");
        GivenNothing.When(() => BookVenueHandler.Decide(null, Use(One, Morning, venue: Venue with { Equipment = [] }))).ThenBroken("equipment-missing");
    }
}
