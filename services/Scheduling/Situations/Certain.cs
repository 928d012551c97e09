using System.Collections.Immutable;
using Training.Scheduling.FirstFit;
using Training.Scheduling.Planning;

namespace Training.Scheduling.Situations;

/// <summary>
/// A situation as a planning problem with nothing in it but what is certain: a run needs no more than its minimum, of those whom the posts can spare most
/// easily; where a way may not be needed, none is; a trainer can come wherever one half hour alone wouldn't keep him; only what nobody could do without comes
/// first. What has no place here has none at all.
/// </summary>
sealed class Certain(Situation situation, Translated translated, Attendance attendance)
{
    readonly Staff staff = attendance.Staff;
    readonly Dictionary<int[], string> profiles = attendance.Staff.Board.Posts.ToDictionary(post => post.Spare, post => Release.ProfileOf(post.Estate, post.Rule));
    readonly ILookup<Guid, Known.Span> taken = attendance.Given.SelectMany(one => one.Classes).SelectMany(at => new[] { (at.Trainer, at), (at.Venue, at) })
        .ToLookup(one => one.Item1, one => new Known.Span(one.at.From, one.at.To));

    /// <param name="runs">What isn't given, by the id of its activity.</param>
    /// <param name="asked">Those of them that reasons are asked for.</param>
    /// <param name="ct">Ends it.</param>
    public PlanningProblem Problem(IReadOnlyDictionary<string, SituationRun> runs, IReadOnlySet<Guid> asked, CancellationToken ct)
    {
        List<Activity> activities = [];
        foreach (var activity in translated.Problem.Activities.Where(activity => runs.ContainsKey(activity.Id)))
        {
            ct.ThrowIfCancellationRequested();
            activities.Add(ActivityOf(activity, runs[activity.Id], asked));
        }
        var drawn = activities.SelectMany(activity => activity.Draws).Select(draw => draw.Profile).ToHashSet();
        return new(translated.Problem.Horizon)
        {
            Activities = [.. activities],
            Resources =
            [
                .. situation.Venues.Zip(translated.Problem.Resources).Select(pair => pair.Second with { Unavailable = [.. staff.Grid.Touched([.. pair.First.Unavailable, .. taken[pair.First.Id]])] }),
                .. situation.Trainers.Zip(translated.Problem.Resources.Skip(situation.Venues.Length)).Select(pair => ResourceOf(pair.First, pair.Second)),
            ],
            Profiles = [.. profiles.Where(profile => drawn.Contains(profile.Value)).Select(profile => new CapacityProfile(profile.Value, FreeOf(profile.Key)))],
            Precedences = [.. translated.Problem.Precedences.Where(order => runs.TryGetValue(order.Before, out var before) && runs.TryGetValue(order.After, out var after) && IsNeeded(before, after))],
            Locked = [.. translated.Problem.Locked.Where(at => runs.ContainsKey(at.Activity))],
            Rules = translated.Problem.Rules,
        };
    }

    Activity ActivityOf(Activity activity, SituationRun run, IReadOnlySet<Guid> asked)
    {
        var members = attendance.MembersOf(run);
        return activity with
        {
            Starts = [.. attendance.StartsOf(run, together: asked.Contains(run.Id)).Union(run.Published.Select(at => staff.Grid.Floor(at.From))).Order()],
            SlotPrices = default,
            Draws = [.. DrawsOf(members, attendance.LeastOf(run))],
            Margin = members.All(member => member.Travels) ? Staff.MarginOf(situation.TravelMinutes) : 0,
            // A course learnt on its estate may be held elsewhere too.
            Needs = [.. activity.Needs.Select(need => need with { Features = need.Features.RemoveAll(Translation.IsEstate) })],
        };
    }

    /// <summary>By post and half hour as many as can't be made up for by learners who aren't on duty there.</summary>
    IEnumerable<Draw> DrawsOf(IReadOnlyList<Attendance.Member> members, int least)
    {
        Dictionary<int[], int[]> onDuty = [];
        foreach (var member in members)
            foreach (var (posts, time) in Board.Drawn(member.Person, staff.AwayOf(0, staff.Grid.Slots, travels: false)))
                foreach (var spare in posts.Where(profiles.ContainsKey))
                {
                    if (!onDuty.TryGetValue(spare, out var counts)) onDuty[spare] = counts = new int[staff.Grid.Slots];
                    for (var slot = time.From; slot < time.To; slot++) counts[staff.ToGrid(slot)]++;
                }
        foreach (var (spare, counts) in onDuty)
            for (int slot = 0, end; slot < counts.Length; slot = end)
            {
                for (end = slot + 1; end < counts.Length && counts[end] == counts[slot]; end++) { }
                if (least - (members.Count - counts[slot]) is var amount and > 0) yield return new(profiles[spare], amount) { From = slot, To = end };
            }
    }

    Resource ResourceOf(SituationTrainer trainer, Resource resource) => resource with
    {
        Unavailable = [.. staff.Grid.Touched([.. trainer.Unavailable, .. taken[trainer.Id]]).Union(trainer.Employee == Guid.Empty ? [] : KeptFrom(staff.Find(trainer.Employee, trainer.Estate))).Order()],
        MostSlots = (int)Math.Floor(Math.Max(0, trainer.HoursLeft - taken[trainer.Id].Sum(span => (decimal)span.Length.TotalHours)) * 2),
        Pause = 0,
    };

    IEnumerable<int> KeptFrom(Board.Person person) => staff.Grid.Starts(30).Where(slot => !staff.Board.CanLeave(person, staff.AwayOf(slot, 1, travels: false)));

    ImmutableArray<int> FreeOf(int[] spare) => [.. Enumerable.Range(0, staff.Grid.Slots).Select(slot => Math.Max(0, spare[staff.ToBoard(slot)]))];

    /// <summary>Whether the second can't be held without somebody for whom only the first comes before it.</summary>
    bool IsNeeded(SituationRun before, SituationRun after)
    {
        var first = attendance.MembersOf(before).Select(member => member.Demand.Employee).ToHashSet();
        return situation.Runs.Count(run => run.Course == before.Course) == 1
            && attendance.MembersOf(after).Count(member => !first.Contains(member.Demand.Employee)) < attendance.LeastOf(after);
    }
}
