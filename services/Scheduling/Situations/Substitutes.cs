using System.Collections.Immutable;
using Training.Scheduling.Calendars;

namespace Training.Scheduling.Situations;

/// <summary>A fixed class that nobody can teach, or without a room: the session's place within its run, counted from 0, and how many others would do if they were free.</summary>
public sealed record Unserved(Guid Run, int Session, int Others, Sentence Text);

/// <summary>
/// Fixed classes keep their time. When their trainer can't teach them somebody else does, and when their venue is closed they are held in another. Chosen before
/// the search, so that everything else is planned around them: who or what serves the run already, then what costs least.
/// </summary>
static class Substitutes
{
    /// <summary>The situation with everybody and every room that stands in, and what nobody can teach or has no room.</summary>
    public static (Situation Situation, ImmutableArray<Unserved> Unserved) Of(Situation situation)
    {
        var wanted = (from run in situation.Runs
                      from session in run.Published.Select((at, index) => (At: at, Index: index))
                      where session.At.Locked && session.At.From > situation.AsOf
                          && session.At.From.DayIn(situation.TimeZone) is var day && day >= situation.From && day <= situation.To
                          && !(CanTeach(TrainerOf(situation, session.At), run, session.At, situation) && IsOpen(VenueOf(situation, session.At), session.At))
                      orderby session.At.From, run.Id
                      select (Run: run.Id, session.Index)).ToList();
        if (wanted.Count == 0) return (situation, []);

        var office = Office.Of(situation, new([.. situation.Runs.Where(run => !run.Published.IsEmpty).Select(run => new PlannedRun(run.Id, run.Published, run.Seated))], []));
        var (runs, unserved) = (situation.Runs.ToDictionary(run => run.Id), ImmutableArray.CreateBuilder<Unserved>());
        var words = new Words(situation);
        foreach (var (id, index) in wanted)
        {
            Teach(id, index);
            House(id, index);
        }
        return (situation with { Runs = [.. situation.Runs.Select(run => runs[run.Id])] }, unserved.ToImmutable());

        void Teach(Guid id, int index)
        {
            var (run, at) = (runs[id], runs[id].Published[index]);
            if (CanTeach(TrainerOf(situation, at), run, at, situation)) return;
            var authorised = situation.Trainers.Where(trainer => trainer.Id != at.Trainer && trainer.MayTeach(run, at.From.DayIn(situation.TimeZone))).ToList();
            var found = authorised.OrderByDescending(trainer => run.Published.Any(other => other.Trainer == trainer.Id))
                .ThenBy(trainer => trainer.FeePerHour).ThenByDescending(trainer => trainer.HoursLeft).ThenBy(trainer => trainer.Id)
                .FirstOrDefault(trainer => office.StandIn(id, index, trainer.Id));
            if (found is null) unserved.Add(new(id, index, authorised.Count, words.Untaught(run, at, index + 1, TrainerOf(situation, at).Name, authorised.Count)));
            else runs[id] = run with { Published = run.Published.SetItem(index, at with { Trainer = found.Id }) };
        }

        void House(Guid id, int index)
        {
            var (run, at) = (runs[id], runs[id].Published[index]);
            if (IsOpen(VenueOf(situation, at), at)) return;
            var fit = situation.Venues.Where(venue => venue.Id != at.Venue && CanHold(venue, run)).ToList();
            var found = fit.OrderByDescending(venue => run.Published.Any(other => other.Venue == venue.Id))
                .ThenBy(venue => CostOf(venue, run, situation.Prices)).ThenBy(venue => venue.Id)
                .FirstOrDefault(venue => office.Relocate(id, index, venue.Id));
            if (found is null) unserved.Add(new(id, index, fit.Count, words.Unhoused(run, at, index + 1, VenueOf(situation, at).Name, fit.Count)));
            else runs[id] = run with { Published = run.Published.SetItem(index, at with { Venue = found.Id }) };
        }
    }

    static SituationTrainer TrainerOf(Situation situation, Class at) => situation.Trainers.Single(trainer => trainer.Id == at.Trainer);
    static SituationVenue VenueOf(Situation situation, Class at) => situation.Venues.Single(venue => venue.Id == at.Venue);

    /// <summary>Who is to teach it already: of another region, where somebody placed it so by hand.</summary>
    static bool CanTeach(SituationTrainer trainer, SituationRun run, Class at, Situation situation) =>
        trainer.IsAuthorised(run.Course, at.From.DayIn(situation.TimeZone)) && !trainer.Unavailable.Any(new Known.Span(at.From, at.To).Overlaps);

    static bool IsOpen(SituationVenue venue, Class at) => !venue.Unavailable.Any(new Known.Span(at.From, at.To).Overlaps);

    /// <summary>With a chair for everybody who has a seat.</summary>
    static bool CanHold(SituationVenue venue, SituationRun run) =>
        Translation.IsFit(venue, run) && venue.Seats >= run.Seated.Length && (run.OnSite == Guid.Empty || venue.Estate == run.OnSite);

    static int CostOf(SituationVenue venue, SituationRun run, PriceList prices) =>
        (venue.RatePerHour * run.Minutes / 60) + (prices.TravelPerHead * run.Demands.Count(demand => run.Seated.Contains(demand.Employee) && demand.Estate != venue.Estate));
}
