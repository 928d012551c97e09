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
    public void A_change_costs_what_was_foreseen() =>
        Gen.Int[0, 100_000].Sample(seed =>
        {
            var problem = SampleProblems.Random(seed, simple: true) with { Precedences = [] };
            var (compiled, random) = (new CompiledProblem(problem), new Random(seed));
            var draft = new Draft(compiled);
            for (var meeting = 0; meeting < compiled.MeetingCount; meeting++) PlaceSomewhere(compiled, draft, random, meeting);
            for (var step = 0; step < 200; step++)
            {
                var meeting = random.Next(compiled.MeetingCount);
                var activity = compiled.ActivityOf[meeting];
                if (!draft.IsPlaced(meeting)) continue;
                var (slot, resource) = (compiled.Starts[activity][random.Next(compiled.Starts[activity].Length)], random.Next(3));
                var foreseen = draft.ChangeBy(meeting, slot, resource, -1);
                var (hard, soft, from) = (draft.Hard, draft.Soft, draft.Slot[meeting]);
                draft.Lift(meeting);
                draft.Held[meeting * compiled.Needs] = resource;
                draft.Put(meeting, slot);
                Assert.Equal(foreseen, (draft.Hard - hard, draft.Soft - soft));
                draft.Enter(meeting, from, -1);
                draft.Enter(meeting, slot, 1);
            }
        }, iter: 100, threads: 1);

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
