using System.Collections.Immutable;
using Training.Scheduling.Planning;

namespace Training.Scheduling.Tests.Planning;

/// <summary>
/// Small planning problems with everything in them that a problem can have, but for what tests add where they want it: locks, which <see cref="Locked"/> draws,
/// and rules that forbid instead of pricing. Days are short, so that their patterns always come from a table.
/// </summary>
static class SampleProblems
{
    public static readonly ImmutableArray<Rule> AllRules =
    [
        new(RuleKind.LeftOut, Severity.Soft, 400), new(RuleKind.Seats, Severity.Soft, 2), new(RuleKind.Spread, Severity.Soft, 5),
        new(RuleKind.SameResource, Severity.Soft, 3, Scope: "venue"), new(RuleKind.Isolated, Severity.Soft, 2, Scope: "cohort"),
        new(RuleKind.LongRow, Severity.Soft, 4, Limit: 2), new(RuleKind.LoneSlot, Severity.Soft, 1, Scope: "learner"),
        new(RuleKind.SlotPrice, Severity.Soft, 1), new(RuleKind.ResourcePrice, Severity.Soft, 1), new(RuleKind.Gap, Severity.Soft, 2, Scope: "learner"),
        new(RuleKind.Moved, Severity.Soft, 7), new(RuleKind.Uneven, Severity.Soft, 6),
    ];

    public static PlanningProblem Random(int seed, bool simple)
    {
        var random = new Random(seed);
        var horizon = new Horizon(random.Next(2, 5), random.Next(3, 7));
        ImmutableArray<int> SomeSlots(double share) => [.. Enumerable.Range(0, horizon.Slots).Where(_ => random.NextDouble() < share)];
        var activities = Enumerable.Range(0, random.Next(5, 12)).Select(i => new Activity($"a{i}")
        {
            Meetings = random.Next(1, 4),
            Duration = random.Next(simple ? 4 : 2) == 0 ? 2 : 1,
            Attendance = random.Next(5, 40),
            MinDays = random.Next(0, 4),
            Needs = (simple ? 0 : random.Next(8)) switch
            {
                < 4 => [new("venue") { Prices = ImmutableSortedDictionary<string, int>.Empty.Add("v1", random.Next(3)) }],
                < 6 => [new("venue"), new("trainer") { Features = [$"f{random.Next(2)}"] }],
                6 => [new("trainer"), new("venue"), new("trainer") { Features = ["f1"] }],
                _ => [],
            },
            Available = random.Next(3) == 0 ? default : SomeSlots(0.8),
            SlotPrices = random.Next(2) == 0 ? default : [.. Enumerable.Range(0, horizon.Slots).Select(_ => random.Next(3))],
            Starts = random.Next(3) == 0 ? SomeSlots(0.7) : default,
            Draws = simple || random.Next(2) == 0 ? [] : random.Next(2) == 0 ? [new("gate", random.Next(1, 4))]
                : [.. Enumerable.Range(0, 3).Select(_ => new Draw("gate", random.Next(1, 3)) { From = random.Next(8), To = random.Next(4, 20) })],
            Margin = random.Next(3),
            Priority = random.Next(1, 5),
            Shares = [.. Enumerable.Range(0, random.Next(3)).Select(party => new Share($"e{party}", random.Next(12)))],
        }).ToImmutableArray();
        var published = activities.SelectMany(activity => Enumerable.Range(0, activity.Meetings).Select(meeting => new Placement(
            random.Next(9) == 0 ? "gone" : activity.Id, meeting, random.Next(horizon.Slots), [.. activity.Needs.Select(need => $"{need.Kind[0]}{random.Next(4)}")]))).ToImmutableArray();
        ImmutableArray<string> Members() => [.. activities.Where(_ => random.Next(3) == 0).Select(activity => activity.Id)];
        return new(horizon)
        {
            Activities = activities,
            Resources =
            [
                .. Enumerable.Range(0, 3).Select(i => new Resource($"v{i}", "venue")
                {
                    Seats = random.Next(10, 40), Price = random.Next(4), Unavailable = SomeSlots(0.1), MostSlots = random.Next(2) == 0 ? int.MaxValue : random.Next(3, 12),
                    Pause = simple ? 0 : random.Next(4) / 3,
                }),
                .. Enumerable.Range(0, 3).Select(i => new Resource($"t{i}", "trainer")
                {
                    Features = i == 0 ? ["f0"] : ["f0", "f1"], Price = random.Next(9), Unavailable = SomeSlots(0.1), MostSlots = random.Next(3, 12),
                    Pause = simple ? 0 : random.Next(2),
                    Until = simple || random.Next(2) == 0 ? ImmutableSortedDictionary<string, int>.Empty : ImmutableSortedDictionary<string, int>.Empty.Add($"f{random.Next(2)}", random.Next(horizon.Slots)),
                }),
            ],
            Groups = [.. Enumerable.Range(0, 6).Select(i => new Group($"g{i}", i % 2 == 0 ? "cohort" : "learner", Members()))],
            Profiles = [new("gate", [.. Enumerable.Range(0, horizon.Slots).Select(_ => random.Next(0, 5))])],
            Precedences = [new("a0", "a1"), new("a1", "a2")],
            Published = random.Next(3) == 0 ? [] : published,
            Rules = AllRules,
        };
    }

    /// <summary>The same problem with a third of what a clerk would place locked there.</summary>
    public static PlanningProblem Locked(PlanningProblem problem, int seed)
    {
        var random = new Random(seed);
        return problem with { Locked = [.. Planner.FirstFit(problem).Plan.Placements.Where(_ => random.Next(3) == 0)] };
    }

    /// <summary>A few activities that want most of what two posts and two trainers have, on a day or two.</summary>
    public static PlanningProblem Crowded(int seed)
    {
        var random = new Random(seed);
        var horizon = new Horizon(random.Next(3) == 0 ? 2 : 1, random.Next(5, 9));
        ImmutableArray<int> Heads() => random.Next(1, 6) is var least ? [.. Enumerable.Range(0, horizon.Slots).Select(_ => least + random.Next(2))] : [];
        var activities = Enumerable.Range(0, random.Next(2, 5)).Select(i => new Activity($"a{i}")
        {
            Meetings = random.Next(1, 4),
            Duration = random.Next(1, 4),
            Needs = random.Next(3) > 0 ? [] : [new("trainer") { Features = [$"f{random.Next(2)}"] }],
            Available = random.Next(2) == 0 ? default : [.. Enumerable.Range(0, horizon.Slots).Where(_ => random.NextDouble() < 0.8)],
            Draws = random.Next(4) switch { 0 => [], 1 => [new("gate", random.Next(1, 3))], 2 => [new("lobby", random.Next(1, 4))], _ => [new("gate", 1), new("lobby", random.Next(1, 3)) { From = random.Next(4) }] },
            Margin = random.Next(3),
            Shares = [new("e", random.Next(1, 9))],
        }).ToImmutableArray();
        return new(horizon)
        {
            Activities = activities,
            Resources = [new("t0", "trainer") { Features = ["f0"], MostSlots = random.Next(2, 8) }, new("t1", "trainer") { Features = ["f0", "f1"], MostSlots = random.Next(3, 12), Pause = random.Next(2) }],
            Groups = random.Next(2) == 0 ? [] : [new("g", "learner", [activities[0].Id, activities[1].Id])],
            Profiles = [new("gate", Heads()), new("lobby", Heads())],
            Precedences = random.Next(2) == 0 ? [] : [new("a0", "a1")],
        };
    }

    /// <summary>Two courses in one room on one day of four slots, with the same cohort: fits exactly.</summary>
    public static PlanningProblem Tight => new(new(1, 4))
    {
        Activities = [new("fire") { Meetings = 2, Needs = [new("venue")], Attendance = 12 }, new("lift") { Meetings = 2, Needs = [new("venue")], Attendance = 12 }],
        Resources = [new("hall", "venue") { Seats = 20 }],
        Groups = [new("guards", "cohort", ["fire", "lift"])],
        Precedences = [new("fire", "lift")],
    };

    public static Placement At(string activity, int meeting, int slot, params string[] resources) => new(activity, meeting, slot, [.. resources]);
}
