using CsCheck;
using Training.Scheduling.Planning;

namespace Training.Scheduling.Tests.Planning;

public class DraftTests
{
    [Fact]
    public void Thousands_of_changes_cost_what_the_check_says() =>
        Gen.Select(Gen.Int[0, 100_000], Gen.Bool).Sample((seed, simple) =>
        {
            var problem = SampleProblems.Random(seed, simple);
            var (compiled, random) = (new CompiledProblem(problem), new Random(seed));
            var draft = new Draft(compiled);
            for (var step = 0; step < 200; step++)
            {
                var meeting = random.Next(compiled.MeetingCount);
                if (draft.IsPlaced(meeting)) draft.Remove(meeting);
                else PlaceSomewhere(compiled, draft, random, meeting);
                if (step % 20 == 0) AssertCost(problem, draft);
            }
            AssertCost(problem, draft);
        }, iter: 100, threads: 1);

    [Fact]
    public void A_move_costs_what_was_foreseen() =>
        Gen.Int[0, 100_000].Sample(seed =>
        {
            var (compiled, draft, random) = Placed(SampleProblems.Random(seed, simple: true), seed);
            for (var step = 0; step < 200; step++)
            {
                var meeting = random.Next(compiled.MeetingCount);
                if (!draft.IsPlaced(meeting)) continue;
                var starts = compiled.Starts[compiled.ActivityOf[meeting]];
                var (slot, resource) = (starts[random.Next(starts.Length)], random.Next(3));
                AssertForeseen(draft, draft.ChangeBy(meeting, slot, resource, -1), (meeting, slot, resource));
            }
        }, iter: 100, threads: 1);

    [Fact]
    public void An_exchange_costs_what_was_foreseen()
    {
        var exchanges = 0;
        Gen.Int[0, 100_000].Sample(seed =>
        {
            var (compiled, draft, random) = Placed(SampleProblems.Random(seed, simple: true), seed);
            for (var step = 0; step < 400; step++)
            {
                var (meeting, other) = (random.Next(compiled.MeetingCount), random.Next(compiled.MeetingCount));
                if (!draft.IsPlaced(meeting) || !draft.IsPlaced(other) || !CanBeExchanged(compiled, compiled.ActivityOf[meeting], compiled.ActivityOf[other])) continue;
                var (from, left, slot, resource) = (draft.Slot[meeting], draft.HeldBy(meeting)[0], draft.Slot[other], draft.HeldBy(other)[0]);
                AssertForeseen(draft, draft.ChangeBy(meeting, slot, resource, other), (meeting, slot, resource), (other, from, left));
                exchanges++;
            }
        }, iter: 100, threads: 1);
        Assert.True(exchanges > 5_000);
    }

    static bool CanBeExchanged(CompiledProblem compiled, int activity, int other) =>
        activity != other && compiled.Duration[activity] == compiled.Duration[other] && !compiled.AreOrdered(activity, other);

    /// <summary>Compares what was foreseen with what lifting meetings and putting them elsewhere changes, which like it leaves group clashes aside.</summary>
    static void AssertForeseen(Draft draft, (int Hard, int Soft) foreseen, params (int Meeting, int Slot, int Resource)[] moves)
    {
        var (hard, soft, from) = (draft.Hard, draft.Soft, draft.Slot.ToArray());
        foreach (var (meeting, _, _) in moves) draft.Lift(meeting);
        foreach (var (meeting, slot, resource) in moves)
        {
            draft.HeldBy(meeting)[0] = resource;
            draft.Put(meeting, slot);
        }
        Assert.Equal(foreseen, (draft.Hard - hard, draft.Soft - soft));
        foreach (var (meeting, slot, _) in moves)
        {
            draft.Enter(meeting, from[meeting], -1);
            draft.Enter(meeting, slot, 1);
        }
    }

    [Fact]
    public void An_exchange_made_costs_no_more_than_its_limit_and_one_refused_changes_nothing() =>
        Gen.Select(Gen.Int[0, 100_000], Gen.Bool).Sample((seed, simple) =>
        {
            var problem = SampleProblems.Random(seed, simple);
            var (compiled, draft, random) = Placed(problem, seed);
            var (exchange, weights) = (new Exchange(compiled, draft), new Weights(Hard: 20, Soft: 1));
            for (var step = 0; step < 400; step++)
            {
                var meeting = random.Next(compiled.MeetingCount);
                if (!draft.IsPlaced(meeting)) continue;
                var activity = compiled.ActivityOf[meeting];
                var (slot, need, resource) = (compiled.Starts[activity][random.Next(compiled.Starts[activity].Length)], -1, -1);
                if (compiled.NeedCount[activity] > 0)
                {
                    need = random.Next(compiled.NeedCount[activity]);
                    var candidates = compiled.Candidates[(activity * compiled.Needs) + need];
                    resource = candidates[random.Next(candidates.Length)];
                }
                var (hard, soft, limit, slots, held) = (draft.Hard, draft.Soft, random.Next(-20, 60), draft.Slot.ToArray(), draft.Held.ToArray());
                if (exchange.Try(meeting, slot, need, resource, limit, weights)) Assert.True(weights.Of(draft.Hard - hard, draft.Soft - soft) <= limit);
                else Assert.True((draft.Hard, draft.Soft) == (hard, soft) && draft.Slot.SequenceEqual(slots) && draft.Held.SequenceEqual(held));
                if (step % 40 == 0) AssertCost(problem, draft);
            }
        }, iter: 50, threads: 1);

    [Fact]
    public void A_draft_can_become_an_earlier_one()
    {
        var problem = SampleProblems.Random(7, simple: false);
        var (compiled, random) = (new CompiledProblem(problem), new Random(7));
        var (one, other) = (new Draft(compiled), new Draft(compiled));
        for (var meeting = 0; meeting < compiled.MeetingCount; meeting++) PlaceSomewhere(compiled, one, random, meeting);
        for (var meeting = 0; meeting < compiled.MeetingCount; meeting += 2) PlaceSomewhere(compiled, other, random, meeting);
        other.Become(one.Slot, one.Held);
        Assert.Equal((one.Hard, one.Soft), (other.Hard, other.Soft));
        Assert.Equal(one.ToPlan().Placements.Select(Words), other.ToPlan().Placements.Select(Words));
    }

    static (CompiledProblem Compiled, Draft Draft, Random Random) Placed(PlanningProblem problem, int seed)
    {
        var (compiled, random) = (new CompiledProblem(problem), new Random(seed));
        var draft = new Draft(compiled);
        for (var meeting = 0; meeting < compiled.MeetingCount; meeting++) PlaceSomewhere(compiled, draft, random, meeting);
        return (compiled, draft, random);
    }

    static string Words(Placement at) => $"{at.Activity} {at.Meeting} {at.Slot} {string.Join(' ', at.Resources)}";

    static void PlaceSomewhere(CompiledProblem compiled, Draft draft, Random random, int meeting)
    {
        var activity = compiled.ActivityOf[meeting];
        if (compiled.Starts[activity].Length == 0) return;
        for (var need = 0; need < compiled.NeedCount[activity]; need++)
        {
            var candidates = compiled.Candidates[(activity * compiled.Needs) + need];
            draft.Held[(meeting * compiled.Needs) + need] = candidates[random.Next(candidates.Length)];
        }
        draft.Place(meeting, compiled.Starts[activity][random.Next(compiled.Starts[activity].Length)]);
    }

    static void AssertCost(PlanningProblem problem, Draft draft)
    {
        var cost = PlanCheck.Cost(problem, draft.ToPlan());
        Assert.Equal((cost.Hard, cost.Soft), (draft.Hard, draft.Soft));
    }
}
