using System.Collections.Immutable;
using System.Text.Json;
using Training.Scheduling.Planning;
using Training.Scheduling.Situations;
using static Training.Scheduling.Tests.Situations.Village;
using static Training.Scheduling.Tests.World;

namespace Training.Scheduling.Tests.Situations;

public class TranslationTests
{
    static Activity ActivityOf(Situation situation) => Assert.Single(Translation.Of(situation).Problem.Activities);

    static int Slot(int day, double hour) => (day * 48) + (int)(hour * 2);

    [Fact]
    public void A_description_survives_being_stored()
    {
        var situation = With(Fire with { Published = [new(At(0, 9), At(0, 13), LiId, RoomId) { Locked = true }], Seated = [Person(1).Value] });
        var json = JsonSerializer.Serialize(situation, House.Options);
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<Situation>(json, House.Options), House.Options));
    }

    [Fact]
    public void Classes_start_where_the_least_number_of_learners_can_come()
    {
        // From 16:00 on the way home would end after the duty and make it longer than 13 hours.
        Assert.Equal([.. Enumerable.Range(0, 5).SelectMany(day => Enumerable.Range(Slot(day, 8), 16))], ActivityOf(With(Fire)).Starts);
        // Guard 4 has no day on which he keeps his 11 hours.
        Assert.Empty(ActivityOf(With(Fire with { Demands = [Wants(4), Wants(5)] })).Starts);
    }

    [Fact]
    public void Who_cannot_leave_the_post_costs_his_worth_and_who_can_is_replaced()
    {
        // Three guards, one of whom must stay.
        var activity = ActivityOf(With(Fire with { Demands = [Wants(1), Wants(2), Wants(3, worth: 700)] }));
        Assert.Equal(700 + (2 * 40 * 4), activity.SlotPrices[Slot(0, 9)]);
        var draw = activity.Draws.Single(draw => draw.From <= Slot(0, 9) && Slot(0, 9) < draw.To);
        Assert.Equal((2, Slot(0, 7), Slot(0, 20)), (draw.Amount, draw.From, draw.To));
    }

    [Fact]
    public void Who_stays_at_one_of_his_posts_leaves_the_others_to_who_can_go()
    {
        // Three at the gate, two of them with the licence of which one must stay: the second of these can't go, who has none can.
        var licences = new[] { 1, 2 }.ToImmutableDictionary(Person, _ => ImmutableDictionary<string, DateOnly>.Empty.Add("fire", Monday.AddDays(90)));
        var gate = Gate with { Posts = [Always("GATE", 1), Always("GATE", 1, "fire")], Licences = licences };
        var activity = ActivityOf(With(Fire with { Demands = [Wants(1), Wants(2, worth: 700), Wants(3)] }) with { Estates = [gate] });
        Assert.Equal(700 + (2 * 40 * 4), activity.SlotPrices[Slot(0, 9)]);
    }

    [Fact]
    public void Who_leaves_a_post_at_different_times_is_counted_when_he_does()
    {
        // Four until 14 o'clock, two from then on: of those two one can go, whoever went before.
        var gate = Gate with { Shifts = [Shift("GATE", 0, 7, 14, 1, 2, 3), Shift("GATE", 0, 14, 20, 4, 5)] };
        var activity = ActivityOf(With(Fire with { Demands = [Wants(1), Wants(4), Wants(5, worth: 700)] }) with { Estates = [gate] });
        Assert.Equal(700 + (2 * 40 * 4), activity.SlotPrices[Slot(0, 12)]);
        Assert.Equal(2 * 40 * 4, ActivityOf(With(Fire with { Demands = [Wants(1), Wants(4)] }) with { Estates = [gate] }).SlotPrices[Slot(0, 12)]);
    }

    [Fact]
    public void A_mandatory_learner_is_dear_when_he_is_late()
    {
        var activity = ActivityOf(With(Fire with { Demands = [Wants(5), Wants(6) with { Deadline = Monday.AddDays(1) }] }));
        Assert.Equal((0, 20_000), (activity.SlotPrices[Slot(1, 9)], activity.SlotPrices[Slot(2, 9)]));
        Assert.Equal(22_000, activity.Priority);
    }

    [Fact]
    public void A_trainer_serves_within_his_authorisation_region_hours_and_ways()
    {
        var elsewhere = Li with { Id = Id("far"), Region = "SH" };
        var lapsing = Li with { Id = Id("lapsing"), Authorised = Li.Authorised.SetItem(FireCourse, Monday.AddDays(2)) };
        var free = Li with { HoursLeft = 3, Unavailable = [From(0, 9, 11)] };
        var problem = Translation.Of(With(Fire) with { Trainers = [free, elsewhere, lapsing] }).Problem;
        var need = problem.Activities[0].Needs.Single(need => need.Kind == "trainer");
        var able = problem.Resources.Where(need.IsMetBy).ToList();
        Assert.Equal([Translation.IdOf(LiId), Translation.IdOf(lapsing.Id)], able.Select(resource => resource.Id));
        Assert.Equal((6, 1), (able[0].MostSlots, able[0].Pause));
        // The last day of an authorisation counts.
        Assert.Equal((int.MaxValue, Slot(3, 0)), (need.EndOf(able[0]), need.EndOf(able[1])));
        // Half an hour for the way is kept after what he teaches elsewhere.
        Assert.Equal(Enumerable.Range(Slot(0, 9), 5), able[0].Unavailable);
        Assert.Equal(1_200, need.Prices[Translation.IdOf(LiId)]);
    }

    [Fact]
    public void Learners_of_two_runs_form_a_group_and_prerequisites_come_first()
    {
        var next = Fire with { Id = Id("next"), Line = Id("other-line"), Course = Id("next-course"), Prerequisites = [FireCourse] };
        var problem = Translation.Of(With(Fire, next)).Problem;
        Assert.Equal([Translation.IdOf(FireRun), Translation.IdOf(next.Id)], Assert.Single(problem.Groups).Activities.Order());
        Assert.Equal(new Precedence(Translation.IdOf(FireRun), Translation.IdOf(next.Id)), Assert.Single(problem.Precedences));
    }

    [Fact]
    public void What_the_situation_prices_the_search_prices_and_nothing_else()
    {
        var prices = new PriceList { SameDay = 1, OtherTrainer = 2, OtherVenue = 3, WaitingHalfHour = 4, LongDayHalfHour = 5, MovedSession = 6, Unfairness = 7 };
        var problem = Translation.Of(With(Fire) with { Prices = prices }).Problem;
        Assert.Equal(
        [
            (RuleKind.LeftOut, Severity.Soft, 1, ""), (RuleKind.Seats, Severity.Hard, 1, ""), (RuleKind.SlotPrice, Severity.Soft, 1, ""), (RuleKind.ResourcePrice, Severity.Soft, 1, ""),
            (RuleKind.Spread, Severity.Soft, 1, ""), (RuleKind.SameResource, Severity.Soft, 2, "trainer"), (RuleKind.SameResource, Severity.Soft, 3, "venue"),
            (RuleKind.Gap, Severity.Soft, 4, "learner"), (RuleKind.LongRow, Severity.Soft, 5, "learner"), (RuleKind.Moved, Severity.Soft, 6, ""), (RuleKind.Uneven, Severity.Soft, 7, ""),
        ], problem.Rules.Select(rule => (rule.Kind, rule.Severity, rule.Weight, rule.Scope)));
        Assert.Equal(16, problem.Rules.Single(rule => rule.Kind == RuleKind.LongRow).Limit);
        var activity = Assert.Single(problem.Activities);
        Assert.Equal((3_000, 1), (activity.Priority, activity.MinDays));
        Assert.Equal([(Translation.IdOf(Estate.Value), 3)], activity.Shares.Select(share => (share.Party, share.People)));
    }

    [Fact]
    public void Runs_of_a_line_are_filled_with_people_who_are_free_together()
    {
        // Two crews, each off while the other works.
        var crews = Gate with
        {
            Posts = [Always("GATE", 3)],
            Shifts = [.. Enumerable.Range(0, 5).Select(day => day % 2 == 0 ? Shift("GATE", day, 7, 20, 1, 2, 3) : Shift("GATE", day, 7, 20, 4, 5, 6))],
        };
        SituationRun[] runs = [Fire with { Demands = [Wants(1), Wants(4), Wants(2)] }, Fire with { Id = Id("second"), Demands = [Wants(5), Wants(3), Wants(6)] }];
        var cohorts = Translation.Of(With(runs) with { Estates = [crews] }).Cohorts;
        Assert.All(cohorts.Values, cohort => Assert.Single(cohort.Select(demand => Enumerable.Range(1, 3).Any(number => Person(number).Value == demand.Employee)).Distinct()));
    }
}
