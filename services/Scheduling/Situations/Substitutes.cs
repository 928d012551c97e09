using System.Collections.Immutable;
using Training.Scheduling.Calendars;

namespace Training.Scheduling.Situations;

/// <summary>A fixed class that nobody can teach: the session's place within its run, counted from 0, and how many others are authorised.</summary>
public sealed record Untaught(Guid Run, int Session, int Authorised, Sentence Text);

/// <summary>
/// Fixed classes keep their time and place; when their trainer can't teach them, somebody else does. Chosen before the search, so that everything else is
/// planned around them: who teaches the run already, then who costs least.
/// </summary>
static class Substitutes
{
    /// <summary>The situation with everybody who stands in, and what nobody can teach.</summary>
    public static (Situation Situation, ImmutableArray<Untaught> Untaught) Of(Situation situation)
    {
        var wanted = (from run in situation.Runs
                      from session in run.Published.Select((at, index) => (At: at, Index: index))
                      where session.At.Locked && session.At.From > situation.AsOf && !CanTeach(TrainerOf(situation, session.At), run, session.At, situation)
                      orderby session.At.From, run.Id
                      select (Run: run, session.At, session.Index)).ToList();
        if (wanted.Count == 0) return (situation, []);

        var office = Office.Of(situation, new([.. situation.Runs.Where(run => !run.Published.IsEmpty).Select(run => new PlannedRun(run.Id, run.Published, run.Seated))], []));
        var (runs, untaught) = (situation.Runs.ToDictionary(run => run.Id), ImmutableArray.CreateBuilder<Untaught>());
        var words = new Words(situation);
        foreach (var (run, at, index) in wanted)
        {
            var authorised = situation.Trainers.Where(trainer => trainer.Id != at.Trainer && trainer.MayTeach(run, at.From.DayIn(situation.TimeZone))).ToList();
            var found = authorised.OrderByDescending(trainer => runs[run.Id].Published.Any(other => other.Trainer == trainer.Id))
                .ThenBy(trainer => trainer.FeePerHour).ThenByDescending(trainer => trainer.HoursLeft).ThenBy(trainer => trainer.Id)
                .FirstOrDefault(trainer => office.StandIn(run.Id, index, trainer.Id));
            if (found is null) untaught.Add(new(run.Id, index, authorised.Count, words.Untaught(run, at, index + 1, TrainerOf(situation, at).Name, authorised.Count)));
            else runs[run.Id] = runs[run.Id] with { Published = runs[run.Id].Published.SetItem(index, at with { Trainer = found.Id }) };
        }
        return (situation with { Runs = [.. situation.Runs.Select(run => runs[run.Id])] }, untaught.ToImmutable());
    }

    static SituationTrainer TrainerOf(Situation situation, Class at) => situation.Trainers.Single(trainer => trainer.Id == at.Trainer);

    static bool CanTeach(SituationTrainer trainer, SituationRun run, Class at, Situation situation) =>
        trainer.MayTeach(run, at.From.DayIn(situation.TimeZone)) && !trainer.Unavailable.Any(new Known.Span(at.From, at.To).Overlaps);
}
