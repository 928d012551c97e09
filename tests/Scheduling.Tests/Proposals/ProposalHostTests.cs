using System.Net;
using System.Net.Http.Json;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Training.Contracts.Budgeting.V1;
using Training.Contracts.Catalogue.V1;
using Training.Contracts.Evaluation.V1;
using Training.Contracts.NeedsAssessment.V1;
using Training.Contracts.Workforce.V1;
using Training.Foundation;
using Training.Scheduling.Calendars;
using Training.Scheduling.Known;
using Training.Scheduling.Proposals;
using Training.Scheduling.Runs;
using Training.Scheduling.Sessions;
using Training.Scheduling.Verifier;
using static Training.Scheduling.Tests.World;
using V1 = Training.Contracts.Scheduling.V1;

namespace Training.Scheduling.Tests.Proposals;

[Collection<WithHost>]
public class ProposalHostTests(SchedulingHost host)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    async Task<Town> Funded(string name, params int[] people)
    {
        var town = await new Town(host, name).Settle();
        await town.Freeze(people);
        await town.Fund();
        return town;
    }

    static async Task<Guid> Ask(Town town, string region, string reason = "", int? seconds = null, long moves = 20_000, int frozenDays = 0, Guid? sameAs = null, int? priceOfMove = null)
    {
        var id = sameAs ?? Guid.CreateVersion7();
        var answer = await town.Manager.PostAsJsonAsync($"/plans/{town.Plan}/proposals",
            new { id, regions = new[] { region }, from = Monday, to = Monday.AddDays(4), seconds, moves, seed = 3, reason, frozenDays, priceOfMove }, Ct);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal((id, $"/proposals/{id}"), ((await answer.Content.ReadFromJsonAsync<RequestPlanHandler.Answer>(Ct))?.Id, answer.Headers.Location?.ToString()));
        return id;
    }

    static async Task<ProposalDetail> Get(Town town, Guid id) =>
        await town.Manager.GetFromJsonAsync<ProposalDetail>($"/proposals/{id}", House.Options, Ct) ?? throw new InvalidOperationException();

    static Task<ProposalDetail> Searched(Town town, Guid id) => Eventually.Some(async () =>
        await Get(town, id) is { Proposal.State: not ProposalState.Requested } detail ? detail : null, "the search is over", TimeSpan.FromSeconds(60));

    static async Task<AcceptProposalHandler.Answer> Accept(Town town, Guid id, params Guid[] runs)
    {
        var answer = await town.Manager.PostAsJsonAsync($"/proposals/{id}/accept", new { runIds = runs }, Ct);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<AcceptProposalHandler.Answer>(House.Options, Ct) ?? throw new InvalidOperationException();
    }

    static async Task AssertSafe(Town town) =>
        Assert.Empty((await town.Manager.GetFromJsonAsync<Report>($"/verification?planId={town.Plan}", House.Options, Ct))?.Violations ?? [new("none", [], "no report")]);

    [Fact]
    public async Task A_proposal_is_searched_for_accepted_and_becomes_sessions()
    {
        var town = await Funded("P1", 1, 4, 5);
        var id = await Ask(town, "P1", frozenDays: 3);
        var detail = await Searched(town, id);
        Assert.Equal((ProposalState.Proposed, "", 3), (detail.Proposal.State, detail.Proposal.Reason, detail.Proposal.FrozenDays));
        var run = Assert.Single(detail.Runs);
        Assert.Equal((town.Run(), 3, 1), (run.RunId, run.Learners.Count, run.Sessions.Count));
        Assert.Equal((1, 3, 0), (detail.Cost.Placed, detail.Cost.Seated, detail.Cost.Unseated));
        Assert.True(detail.Cost.Total <= detail.FirstFit.Total && detail.Cost.Total == detail.Cost.Components.Sum(item => item.Amount));

        Assert.Equal((1, 0), await Accept(town, id) is var answer ? (answer.Accepted, answer.Refused) : default);
        Assert.Equal(1, (await host.Bus.Next<V1.CourseRunConfirmed>(message => message.RunId == town.Run())).Sessions);
        Assert.Equal(run.Sessions[0].From, (await town.Detail()).Placed[0].StartsAt);
        await AssertSafe(town);
        Assert.Equal((1, 0), await Accept(town, id) is var again ? (again.Accepted, again.Refused) : default);
        Assert.Equal(ProposalState.Accepted, (await Get(town, id)).Proposal.State);
    }

    [Fact]
    public async Task The_same_seed_and_moves_propose_the_same()
    {
        var town = await Funded("P2", 1, 4, 5);
        var (one, other) = (await Searched(town, await Ask(town, "P2")), await Searched(town, await Ask(town, "P2")));
        Assert.Equal(one.Runs.Select(run => (run.Sessions[0], string.Join(' ', run.Learners))), other.Runs.Select(run => (run.Sessions[0], string.Join(' ', run.Learners))));
        Assert.Equal(one.Moves, other.Moves);
        var cards = await town.Manager.GetFromJsonAsync<Page<ProposalCard>>($"/proposals?planId={town.Plan}", House.Options, Ct);
        Assert.Equal(2, cards?.Total);
    }

    [Fact]
    public async Task What_was_taken_meanwhile_is_refused_with_its_reason_and_not_lost()
    {
        var town = await Funded("P3", 1, 4, 5);
        var id = await Ask(town, "P3");
        var detail = await Searched(town, id);
        var begin = Assert.Single(detail.Runs).Sessions[0].From;
        // In the meantime the trainer says that he won't be there.
        await host.Bus.Publish(new TrainerUnavailable { TrainerId = town.Trainer, From = begin, To = begin.AddHours(1) }, town.Trainer);
        await Eventually.True(async () => await Known<KnownTrainer>(town.Trainer) is { Unavailable.Length: 1 }, "the trainer is known to be ill");

        var item = Assert.Single((await Accept(town, id)).Items);
        Assert.Equal((false, "trainer-unavailable"), (item.Accepted, item.Code));
        Assert.Equal(item.Reason, Assert.Single((await Get(town, id)).Refused).Reason);
        Assert.Equal(RunState.Funded, (await town.Detail()).Run.State);
        var next = await Searched(town, await Ask(town, "P3"));
        Assert.Equal(1, (await Accept(town, next.Proposal.Id)).Accepted);
        await AssertSafe(town);

        await host.Bus.Publish(new TrainerAvailable { TrainerId = town.Trainer, From = begin.AddMinutes(-30), To = begin.AddMinutes(30) }, town.Trainer);
        await Eventually.True(async () => await Known<KnownTrainer>(town.Trainer) is { Unavailable: [var away] } && away == new Span(begin.AddMinutes(30), begin.AddHours(1)), "the trainer is known to come back earlier");
    }

    [Fact]
    public async Task Only_the_runs_asked_for_are_accepted_and_the_rest_can_be_discarded()
    {
        var town = await new Town(host, "P4").Settle(max: 2);
        await town.Freeze(1, 4, 5, 6);
        await town.Fund();
        await town.Fund(1);
        var detail = await Searched(town, await Ask(town, "P4"));
        Assert.Equal(2, detail.Runs.Count);
        var answer = await Accept(town, detail.Proposal.Id, town.Run(1));
        Assert.Equal((1, RunState.Confirmed, RunState.Funded), (answer.Accepted, (await town.Detail(1)).Run.State, (await town.Detail()).Run.State));
        // Whoever was planned for the accepted run and sits in the other one of the proposal waits until that is accepted too.
        var known = (await town.Detail(1)).Learners.Select(seat => seat.EmployeeId).Concat((await town.Detail(1)).Waitlist.Select(waiting => waiting.EmployeeId)).Concat((await town.Detail()).Learners.Select(seat => seat.EmployeeId));
        Assert.Equal([.. new[] { 1, 4, 5, 6 }.Select(town.Person).Order()], known.Distinct().Order());
        var stranger = await town.Manager.PostAsJsonAsync($"/proposals/{detail.Proposal.Id}/accept", new { runIds = new[] { Id("nobody") } }, Ct);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, stranger.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await town.Manager.PostAsJsonAsync($"/proposals/{detail.Proposal.Id}/discard", new { reason = "later" }, Ct)).StatusCode);
        Assert.Equal(ProposalState.Discarded, (await Get(town, detail.Proposal.Id)).Proposal.State);
        await AssertSafe(town);
    }

    [Fact]
    public async Task A_long_search_shows_progress_and_can_be_cancelled()
    {
        var town = await Funded("P5", 1, 4, 5);
        var id = await Ask(town, "P5", seconds: 300, moves: 0);
        var progress = await Eventually.Some(async () => (await Get(town, id)).Progress is { Phase: "searching", Moves: > 0 } found ? found : null, "the search reports", TimeSpan.FromSeconds(60));
        Assert.True(progress is { Broken: 0, MovesPerSecond: > 0, Share: > 0 and < 1 } && progress.CostByRule.Values.Sum() == progress.Cost);
        Assert.Equal(HttpStatusCode.NoContent, (await town.Manager.PostAsJsonAsync($"/proposals/{id}/cancel", new { reason = "enough" }, Ct)).StatusCode);
        Assert.Equal((ProposalState.Cancelled, "enough"), await Get(town, id) is var detail ? (detail.Proposal.State, detail.Proposal.Reason) : default);
        // The next request doesn't wait for the rest of the five minutes.
        Assert.Equal(ProposalState.Proposed, (await Searched(town, await Ask(town, "P5"))).Proposal.State);
    }

    [Fact]
    public async Task A_restarted_service_takes_up_what_it_had_not_finished()
    {
        var town = await Funded("P8", 1, 4, 5);
        var id = await Ask(town, "P8", seconds: 300, moves: 0);
        await Eventually.True(async () => (await Get(town, id)).Progress is { Moves: > 0 }, "the search reports", TimeSpan.FromSeconds(60));
        var planning = host.Services.GetRequiredService<Scheduling.Proposals.Planning>();
        await planning.StopAsync(Ct);
        Assert.Equal((ProposalState.Requested, true), await Get(town, id) is var detail ? (detail.Proposal.State, detail.Progress is null) : default);
        await planning.StartAsync(CancellationToken.None);
        await Eventually.True(async () => (await Get(town, id)).Progress is { Moves: > 0 }, "the search goes on", TimeSpan.FromSeconds(60));
        Assert.Equal(HttpStatusCode.NoContent, (await town.Manager.PostAsJsonAsync($"/proposals/{id}/cancel", new { }, Ct)).StatusCode);
    }

    [Fact]
    public async Task A_question_asked_twice_is_one_question_and_has_an_id()
    {
        var town = await Funded("P12", 1, 4, 5);
        var id = await Ask(town, "P12");
        await Searched(town, id);
        await Ask(town, "P12", sameAs: id);
        Assert.Equal(1, (await town.Manager.GetFromJsonAsync<Page<ProposalCard>>($"/proposals?planId={town.Plan}", House.Options, Ct))?.Total);
        Assert.Equal(HttpStatusCode.BadRequest,
            (await town.Manager.PostAsJsonAsync($"/plans/{town.Plan}/proposals", new { regions = new[] { "P12" }, from = Monday, to = Monday.AddDays(4) }, Ct)).StatusCode);
    }

    [Fact]
    public async Task Nobody_searches_for_ever()
    {
        var town = await Funded("P13", 1, 4, 5);
        var id = await Ask(town, "P13", seconds: 0, moves: 1_000_000_000_000_000);
        Assert.Equal(HttpStatusCode.NoContent, (await town.Manager.PostAsJsonAsync($"/proposals/{id}/cancel", new { }, Ct)).StatusCode);
        Assert.Equal(new Effort(900, 1_000_000_000_000_000, 3), Assert.IsType<PlanRequested>((await host.Facts(id))[0]).Effort);
    }

    [Fact]
    public async Task What_was_cancelled_before_the_search_began_is_not_searched_for()
    {
        var town = await Funded("P14", 1, 4, 5);
        var id = await Ask(town, "P14", seconds: 300, moves: 0);
        Assert.Equal(HttpStatusCode.NoContent, (await town.Manager.PostAsJsonAsync($"/proposals/{id}/cancel", new { reason = "enough" }, Ct)).StatusCode);
        await host.Services.GetRequiredService<Scheduling.Proposals.Planning>().Plan(SchedulingHost.Tenant, id, Ct).WaitAsync(TimeSpan.FromSeconds(60), Ct);
        Assert.Equal([typeof(PlanRequested), typeof(PlanningCancelled)], (await host.Facts(id)).Select(fact => fact.GetType()));
    }

    [Fact]
    public async Task What_cannot_be_read_now_holds_up_nobody_and_is_tried_again()
    {
        var (town, other) = (await Funded("P15", 1, 4, 5), await Funded("P16", 1, 4, 5));
        var course = await Known<KnownCourse>(town.Course) ?? throw new InvalidOperationException();
        await Write(session => session.Delete(course));
        var id = await Ask(town, "P15");
        // Oldest first: the other one's turn comes after the first has failed.
        Assert.Equal(ProposalState.Proposed, (await Searched(other, await Ask(other, "P16"))).Proposal.State);
        Assert.Equal((ProposalState.Requested, ""), await Get(town, id) is var waiting ? (waiting.Proposal.State, waiting.Proposal.Reason) : default);

        await Write(session => session.Store(course));
        host.Services.GetRequiredService<Scheduling.Proposals.Planning>().LookAgain();
        Assert.Equal(ProposalState.Proposed, (await Searched(town, id)).Proposal.State);

        async Task Write(Action<IDocumentSession> write)
        {
            await using var session = host.Services.GetRequiredService<IDocumentStore>().LightweightSession(SchedulingHost.Tenant);
            write(session);
            await session.SaveChangesAsync(Ct);
        }
    }

    [Fact]
    public async Task A_published_session_moves_with_its_learners_when_the_trainer_is_ill()
    {
        var town = await Funded("P6", 1, 4, 5);
        Assert.Equal(HttpStatusCode.OK, (await town.Schedule(9)).StatusCode);
        await host.Bus.Publish(new TrainerUnavailable { TrainerId = town.Trainer, From = At(0, 0), To = At(1, 0) }, town.Trainer);
        var detail = await Eventually.Some(async () => await Searched(town, await Ask(town, "P6", "trainer ill")) is { Runs.Count: 1 } found ? found : null, "the trainer is known to be ill", TimeSpan.FromSeconds(60));
        var run = Assert.Single(detail.Runs);
        Assert.Equal((true, 3, 1), (run.Published, run.Learners.Count, detail.Cost.MovedSessions));
        Assert.True(run.Sessions[0].From >= At(1, 0));
        Assert.Contains(detail.Frontier, step => step.MovedSessions == detail.Cost.MovedSessions);
        Assert.All(detail.Frontier.Zip(detail.Frontier.Skip(1)), pair => Assert.True(pair.First.MovedSessions < pair.Second.MovedSessions && pair.First.Cost > pair.Second.Cost));

        // The same question at another price of a move.
        var cheap = await Searched(town, await Ask(town, "P6", "trainer ill", priceOfMove: 7));
        Assert.Equal(7, Assert.Single(cheap.Cost.Components, item => item.Component == "moved").Amount);

        Assert.Equal(1, (await Accept(town, detail.Proposal.Id)).Accepted);
        var session = Assert.Single((await town.Detail()).Placed);
        Assert.Equal((run.Sessions[0].From, 3, SessionState.Scheduled), (session.StartsAt, session.Learners.Count, session.State));
        Assert.Equal(RunState.Confirmed, (await town.Detail()).Run.State);
        await AssertSafe(town);
        // The old time is free again, and nobody is booked twice.
        var week = await town.Manager.GetFromJsonAsync<Training.Scheduling.Calendars.Coverage>($"/coverage?estateId={town.Estate}&date={Monday:yyyy-MM-dd}", House.Options, Ct);
        Assert.All(week?.Slots ?? [], slot => Assert.Equal(0, slot.Released));
    }

    [Fact]
    public async Task The_frontier_says_what_a_moved_session_buys_and_either_point_can_be_asked_for()
    {
        var town = await Funded("P37", 4, 5, 6);
        var consultant = Id("P37-consultant");
        await host.Bus.Publish(new TrainerRegistered { TrainerId = consultant, Name = "X3-01", Grade = "X3", Region = "P37", HoursPerYear = 400 }, consultant);
        await host.Bus.Publish(new TrainerAuthorised { TrainerId = consultant, CourseId = town.Course, ValidTo = new(2027, 12, 31) }, consultant);
        await Eventually.True(async () => await Known<KnownTrainer>(consultant) is { Authorisations.Count: 1 }, "the consultant is known");
        Assert.Equal(HttpStatusCode.OK, (await town.Manager.PostAsJsonAsync($"/runs/{town.Run()}/schedule", new { startsAt = At(0, 9), trainerId = consultant, venueId = town.Venue }, Ct)).StatusCode);

        // Four hours of a consultant at 2,100 instead of an own trainer at 120, against 2,000 for a session that moves and 20,000 at the dearest price.
        var detail = await Searched(town, await Ask(town, "P37", "an own trainer is free again"));
        Assert.Equal([0, 1], detail.Frontier.Select(step => step.MovedSessions));
        Assert.Equal(4 * (2_100 - 120), detail.Frontier[0].Cost - detail.Frontier[1].Cost);
        Assert.Equal((1, 2_000), (detail.Cost.MovedSessions, Assert.Single(detail.Cost.Components, item => item.Component == "moved").Amount));
        Assert.Equal(town.Trainer, Assert.Single(detail.Runs).Sessions[0].TrainerId.Value);

        var dear = await Searched(town, await Ask(town, "P37", "an own trainer is free again", priceOfMove: detail.Frontier[0].PriceOfMove));
        Assert.Equal((0, 0), (dear.Cost.MovedSessions, dear.Runs.Count));
        Assert.Equal(detail.Frontier[0].Cost, dear.Cost.Total);
    }

    [Fact]
    public async Task A_published_session_moves_when_a_new_roster_no_longer_spares_its_learner()
    {
        var town = await Funded("P35", 1, 4, 5);
        Assert.Equal(HttpStatusCode.OK, (await town.Schedule(9)).StatusCode);
        // Guard 1 is alone at the gate on every day but Thursday now.
        await host.Bus.Publish(new RosterPublished
        {
            RosterId = Id("P35-roster"), EstateId = town.Estate, Revision = 2, From = Monday, To = Monday.AddDays(6),
            Shifts = [.. Enumerable.Range(0, 7).Select(day => new RosterShift { PostCode = "GATE", StartsAt = At(day, 8), EndsAt = At(day, 16), EmployeeIds = day == 3 ? [town.Person(1), town.Person(2)] : [town.Person(1)] })],
        }, Id("P35-roster"));
        await Eventually.True(async () => (await host.Facts(DutyWeek.IdOf(SchedulingHost.Tenant, new(town.Estate), Monday))).OfType<WeekRostered>().Any(fact => fact.Revision == 2), "the new roster is known");
        var detail = await Searched(town, await Ask(town, "P35", "roster changed"));
        Assert.Equal((ProposalState.Proposed, ""), (detail.Proposal.State, detail.Proposal.Reason));
        var run = Assert.Single(detail.Runs);
        Assert.Equal((true, 3, 1), (run.Published, run.Learners.Count, detail.Cost.MovedSessions));
        Assert.Equal((1, 0), (detail.Frontier[^1].MovedSessions, detail.Frontier[^1].Unsafe));
        Assert.True(run.Sessions[0].From >= At(3, 8) && run.Sessions[0].To <= At(3, 20) || run.Sessions[0].From.In(Zone).Hour >= 16, "The gate keeps its guard.");

        Assert.Equal(1, (await Accept(town, detail.Proposal.Id)).Accepted);
        Assert.Equal(run.Sessions[0].From, Assert.Single((await town.Detail()).Placed).StartsAt);
        await AssertSafe(town);
    }

    [Fact]
    public async Task A_cancelled_run_leaves_its_place_to_one_that_had_none()
    {
        var town = await new Town(host, "P36").Settle(max: 2);
        await town.Freeze(1, 4, 2, 5);
        await town.Fund();
        await town.Fund(1);
        // The trainer has time for one class, on Monday.
        await host.Bus.Publish(new TrainerUnavailable { TrainerId = town.Trainer, From = At(0, 0), To = At(0, 10) }, town.Trainer);
        await host.Bus.Publish(new TrainerUnavailable { TrainerId = town.Trainer, From = At(0, 17), To = At(7, 0) }, town.Trainer);
        await Eventually.True(async () => await Known<KnownTrainer>(town.Trainer) is { Unavailable.Length: 2 }, "the trainer's days off are known");
        Assert.Equal(HttpStatusCode.OK, (await town.Schedule(12)).StatusCode);
        var before = await Searched(town, await Ask(town, "P36"));
        Assert.Equal((0, town.Run(1)), (before.Runs.Count, Assert.Single(before.Issues).RunId.Value));

        Assert.Equal(HttpStatusCode.NoContent, (await town.Manager.PostAsJsonAsync($"/runs/{town.Run()}/cancel", new { reason = "course withdrawn" }, Ct)).StatusCode);
        var detail = await Searched(town, await Ask(town, "P36", "run cancelled"));
        var run = Assert.Single(detail.Runs);
        Assert.Equal((town.Run(1), false, 2, 0), (run.RunId, run.Published, run.Learners.Count, detail.Cost.MovedSessions));
        Assert.InRange(run.Sessions[0].From, At(0, 10), At(0, 13));
        Assert.Equal(1, (await Accept(town, detail.Proposal.Id)).Accepted);
        await AssertSafe(town);
    }

    /// <summary>Runs of two on Monday, Tuesday and so on from 12 to 16, confirmed, and a proposal to hold them on other days.</summary>
    Task<(Town Town, Guid Proposal)> Announced(string name, params int[] days) => AnnouncedAndFrozen(name, frozenDays: 0, days);

    async Task<(Town Town, Guid Proposal)> AnnouncedAndFrozen(string name, int frozenDays, params int[] days)
    {
        var town = await new Town(host, name).Settle(max: 2);
        await town.Freeze([.. new[] { 1, 4, 2, 5, 3, 6 }.Take(2 * days.Length)]);
        for (var group = 0; group < days.Length; group++)
        {
            await town.Fund(group);
            Assert.Equal(HttpStatusCode.OK, (await town.Schedule(12, day: group, group: group)).StatusCode);
        }
        var id = Id($"{name}-proposal");
        ProposedRun Moved(int group, int day) => new(new(town.Run(group)), "K05", true, [new(At(day, 12), At(day, 16), new(town.Trainer), new(town.Venue))], []);
        var free = new Quote(0, [], 0, 0, 0, 0, 0);
        await using var session = host.Services.GetRequiredService<IDocumentStore>().LightweightSession(SchedulingHost.Tenant);
        session.Events.StartStream<Proposal>(id, new PlanRequested(new(id), new(town.Plan), [name], Monday, Monday.AddDays(4), new(0, 1, 1), "trainer asked for it", frozenDays, "test", Now),
            new PlanProposed([.. days.Select((day, group) => Moved(group, day)).OrderBy(run => run.Sessions[0].From)], [], free, free, [], 1, 1, Now));
        await session.SaveChangesAsync(Ct);
        return (town, id);
    }

    static async Task<IEnumerable<DateTimeOffset>> Starts(Town town, int groups) =>
        await Task.WhenAll(Enumerable.Range(0, groups).Select(async group => Assert.Single((await town.Detail(group)).Placed).StartsAt));

    [Fact]
    public async Task Sessions_that_follow_each_other_are_accepted_in_the_order_that_works()
    {
        var (town, proposal) = await Announced("P31", 1, 2, 3);
        var answer = await Accept(town, proposal);
        Assert.Equal((3, 0, "", ""), (answer.Accepted, answer.Refused, answer.Items[0].Code, answer.Items[0].Reason));
        Assert.Equal([At(1, 12), At(2, 12), At(3, 12)], await Starts(town, 3));
        Assert.Equal(ProposalState.Accepted, (await Get(town, proposal)).Proposal.State);
        Assert.DoesNotContain(await host.Facts(proposal), fact => fact is ProposedRunRefused);
        await AssertSafe(town);
    }

    [Fact]
    public async Task Sessions_that_exchange_their_places_are_accepted_together_and_what_is_hopeless_is_refused()
    {
        // The trainer's day off on Thursday keeps the third run where it is.
        var (town, proposal) = await Announced("P32", 1, 0, 3);
        await host.Bus.Publish(new TrainerUnavailable { TrainerId = town.Trainer, From = At(3, 0), To = At(4, 0) }, town.Trainer);
        await Eventually.True(async () => await Known<KnownTrainer>(town.Trainer) is { Unavailable.Length: 1 }, "the day off is known");
        var answer = await Accept(town, proposal);
        Assert.Equal([(town.Run(1), true, ""), (town.Run(0), true, ""), (town.Run(2), false, "trainer-unavailable")], answer.Items.Select(item => (item.RunId, item.Accepted, item.Code)));
        Assert.Equal([At(1, 12), At(0, 12), At(2, 12)], await Starts(town, 3));
        Assert.Equal(town.Run(2), Assert.Single((await Get(town, proposal)).Refused).RunId.Value);
        await AssertSafe(town);
        // Asked again, what is done stays done.
        Assert.Equal((2, 1), await Accept(town, proposal) is var again ? (again.Accepted, again.Refused) : default);
        Assert.Equal([At(1, 12), At(0, 12), At(2, 12)], await Starts(town, 3));
    }

    [Fact]
    public async Task A_course_is_not_accepted_before_what_it_builds_on()
    {
        var town = await Funded("P34", 1, 4, 5);
        var run = await town.FundNext(priority: 1, 4, 5);
        var detail = await Searched(town, await Ask(town, "P34"));
        var starts = detail.Runs.ToDictionary(one => one.RunId, one => one.Sessions[0].From);
        Assert.True(starts[town.Run()] < starts[run], "The plan has them in order.");
        var alone = Assert.Single((await Accept(town, detail.Proposal.Id, run)).Items);
        Assert.Equal((false, "out-of-order"), (alone.Accepted, alone.Code));
        var byHand = await town.Manager.PostAsJsonAsync($"/runs/{run}/schedule", new { startsAt = starts[run], trainerId = town.Trainer, venueId = town.Venue }, Ct);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, byHand.StatusCode);
        Assert.Equal((2, 0), await Accept(town, detail.Proposal.Id) is var both ? (both.Accepted, both.Refused) : default);
        await AssertSafe(town);
    }

    [Fact]
    public async Task Who_waits_for_a_course_is_in_no_proposal_for_what_builds_on_it()
    {
        var town = await Funded("P38", 1, 4, 5);
        Assert.Equal(HttpStatusCode.OK, (await town.Schedule(9)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await town.Manager.PutAsync($"/runs/{town.Run()}/learners/{town.Person(6)}", null, Ct)).StatusCode);
        var run = await town.FundNext(priority: 1, 4, 5, 6);

        var detail = await Searched(town, await Ask(town, "P38"));
        Assert.Equal([.. new[] { 4, 5 }.Select(town.Person).Order()], Assert.Single(detail.Runs).Learners.Order());
        Assert.Equal((1, 0), await Accept(town, detail.Proposal.Id) is var answer ? (answer.Accepted, answer.Refused) : default);
        Assert.Equal(town.Person(6), Assert.Single((await town.Detail(run)).Waitlist).EmployeeId);
        await AssertSafe(town);
    }

    [Fact]
    public async Task Of_an_exchange_one_half_alone_is_refused()
    {
        var (town, proposal) = await Announced("P33", 1, 0);
        var item = Assert.Single((await Accept(town, proposal, town.Run(1))).Items);
        Assert.Equal((false, "overlapping-session"), (item.Accepted, item.Code));
        Assert.Equal([At(0, 12), At(1, 12)], await Starts(town, 2));
    }

    [Fact]
    public async Task What_is_frozen_when_a_proposal_is_accepted_stays()
    {
        var (town, proposal) = await AnnouncedAndFrozen("P40", frozenDays: 365, 1);
        Assert.Equal((false, "in-frozen-days"), Assert.Single((await Accept(town, proposal)).Items) is var item ? (item.Accepted, item.Code) : default);
        Assert.Equal([At(0, 12)], await Starts(town, 1));
    }

    /// <summary>Where it was placed by hand it stays, whatever region that is.</summary>
    [Fact]
    public async Task A_run_placed_by_hand_in_another_region_is_planned_around()
    {
        var town = await Funded("P39", 1, 4, 5);
        var far = Id("P39-far");
        await host.Bus.Publish(new VenueOpened { VenueId = far, Name = "Hall", Region = "P39-far", EstateId = null, Seats = 20, Equipment = [] }, far);
        await Eventually.True(async () => await Known<KnownVenue>(far) is not null, "the hall is known");
        Assert.Equal(HttpStatusCode.OK, (await town.Schedule(9, venue: far)).StatusCode);
        foreach (var reason in new[] { "", "trainer ill" })
        {
            var detail = await Searched(town, await Ask(town, "P39", reason, frozenDays: 365));
            Assert.Equal((ProposalState.Proposed, "", 0), (detail.Proposal.State, detail.Proposal.Reason, detail.Runs.Count));
        }
    }

    [Fact]
    public async Task Somebody_stands_in_at_a_frozen_session_when_the_trainer_is_ill()
    {
        var town = await Funded("P10", 1, 4, 5);
        Assert.Equal(HttpStatusCode.OK, (await town.Schedule(9)).StatusCode);
        var other = Id("P10-other");
        await host.Bus.Publish(new TrainerRegistered { TrainerId = other, Name = "I2-02", Grade = "I2", Region = "P10", HoursPerYear = 400 }, other);
        await host.Bus.Publish(new TrainerAuthorised { TrainerId = other, CourseId = town.Course, ValidTo = new(2027, 12, 31) }, other);
        await host.Bus.Publish(new TrainerUnavailable { TrainerId = town.Trainer, From = At(0, 0), To = At(1, 0) }, town.Trainer);
        var detail = await Eventually.Some(async () => await Searched(town, await Ask(town, "P10", "trainer ill", frozenDays: 400)) is { Runs.Count: 1 } found ? found : null, "both trainers are known", TimeSpan.FromSeconds(60));
        var proposed = Assert.Single(Assert.Single(detail.Runs).Sessions);
        Assert.Equal((At(0, 9), other, 0), (proposed.From, proposed.TrainerId.Value, detail.Cost.MovedSessions));

        Assert.Equal(1, (await Accept(town, detail.Proposal.Id)).Accepted);
        var session = Assert.Single((await town.Detail()).Placed);
        Assert.Equal((At(0, 9), other, 3), (session.StartsAt, session.TrainerId, session.Learners.Count));
        await AssertSafe(town);
    }

    [Fact]
    public async Task Runs_of_another_plan_that_begin_before_the_horizon_stay_and_find_a_substitute()
    {
        var town = await new Town(host, "P17").Settle(minutes: 600);
        await town.Freeze(1, 4, 5);
        await town.Fund();
        Assert.Equal(HttpStatusCode.OK, (await town.Schedule(9)).StatusCode);
        var (other, plan, line) = (Id("P17-other"), Id("P17-next"), Id("P17-next-line"));
        var run = DerivedId.Of("run", line.ToString(), "0");
        await host.Bus.Publish(new TrainerRegistered { TrainerId = other, Name = "I2-02", Grade = "I2", Region = "P17", HoursPerYear = 400 }, other);
        await host.Bus.Publish(new TrainerAuthorised { TrainerId = other, CourseId = town.Course, ValidTo = new(2027, 12, 31) }, other);
        await host.Bus.Publish(new TrainerUnavailable { TrainerId = town.Trainer, From = At(0, 0), To = At(2, 0) }, town.Trainer);
        await host.Bus.Publish(new TrainingPlanLineFrozen
        {
            PlanId = plan, LineId = line, CourseId = town.Course, CourseCode = "K05", Region = "P17", Quarter = "2027Q1", Priority = 1,
            Learners = [.. new[] { 2, 6 }.Select(person => new PlannedLearner { EmployeeId = town.Person(person), EstateId = town.Estate, NeedId = Id("need") })],
        }, plan);
        await host.Bus.Next<V1.FundingRequested>(message => message.RunId == run);
        await host.Bus.Publish(new FundsReserved { RunId = run, LineId = Id("budget"), Amount = 930, Currency = "CNY" }, DerivedId.Of("funding", run.ToString()));
        await Eventually.True(async () => await Known<CourseRun>(run) is { State: RunState.Funded } && await Known<KnownTrainer>(town.Trainer) is { Unavailable.Length: 1 }
            && await Known<KnownTrainer>(other) is { Authorisations.Count: 1 }, "the other run is funded, and both trainers are known");

        var id = Guid.CreateVersion7();
        Assert.Equal(HttpStatusCode.Accepted, (await town.Manager.PostAsJsonAsync($"/plans/{plan}/proposals",
            new { id, regions = new[] { "P17" }, from = Monday.AddDays(1), to = Monday.AddDays(4), moves = 20_000, reason = "trainer ill", frozenDays = 0 }, Ct)).StatusCode);
        var detail = await Searched(town, id);
        Assert.Equal((ProposalState.Proposed, ""), (detail.Proposal.State, detail.Proposal.Reason));
        var proposed = Assert.Single(detail.Runs, one => one.RunId == town.Run());
        // What was on Monday is outside of the horizon.
        Assert.Equal([(At(0, 9), town.Trainer), (At(1, 9), other)], proposed.Sessions.Select(session => (session.From, session.TrainerId.Value)));

        Assert.Equal(1, (await Accept(town, id, town.Run())).Accepted);
        Assert.Equal([town.Trainer, other], (await town.Detail()).Placed.OrderBy(session => session.StartsAt).Select(session => session.TrainerId));
    }

    [Fact]
    public async Task Another_room_stands_in_at_a_frozen_session_when_its_own_is_closed()
    {
        var town = await Funded("P11", 1, 4, 5);
        Assert.Equal(HttpStatusCode.OK, (await town.Schedule(9)).StatusCode);
        var hall = Id("P11-hall");
        await host.Bus.Publish(new VenueOpened { VenueId = hall, Name = "Hall", Region = "P11", EstateId = town.Estate, Seats = 20, Equipment = [] }, hall);
        await host.Bus.Publish(new VenueClosed { VenueId = town.Venue, From = At(0, 12), To = At(7, 0) }, town.Venue);
        var detail = await Eventually.Some(async () => await Searched(town, await Ask(town, "P11", "pipe burst", frozenDays: 400)) is { Runs.Count: 1 } found ? found : null, "the closure is known", TimeSpan.FromSeconds(60));
        var proposed = Assert.Single(Assert.Single(detail.Runs).Sessions);
        Assert.Equal((At(0, 9), hall, 0), (proposed.From, proposed.VenueId.Value, detail.Cost.MovedSessions));

        Assert.Equal(1, (await Accept(town, detail.Proposal.Id)).Accepted);
        var session = Assert.Single((await town.Detail()).Placed);
        Assert.Equal((At(0, 9), hall, 3), (session.StartsAt, session.VenueId, session.Learners.Count));
        await AssertSafe(town);

        await host.Bus.Publish(new VenueReopened { VenueId = town.Venue, From = At(0, 12), To = At(7, 0) }, town.Venue);
        await Eventually.True(async () => await Known<KnownVenue>(town.Venue) is { Closed.Length: 0 }, "the venue is known to be open again");
    }

    [Fact]
    public async Task A_certificate_that_runs_out_makes_its_holder_mandatory_and_a_later_pass_does_not()
    {
        var town = await Funded("P9", 1, 4, 5);
        await Prove(4, new(2028, 1, 1));
        await Prove(4, Monday.AddDays(2));
        await Prove(5, Monday.AddDays(2));
        await Eventually.True(async () => await ValidTo(5) is not null && await ValidTo(4) == new DateOnly(2028, 1, 1), "the certificates are known");

        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Origin>().Is(SchedulingHost.Tenant, "", "", "test");
        var request = new PlanRequested(new(Id("P9-proposal")), new(town.Plan), ["P9"], Monday, Monday.AddDays(4), new(0, 1, 1), "", 0, "test", Now);
        var situation = await ActivatorUtilities.CreateInstance<ReadSituation>(scope.ServiceProvider).Of(request, Now, Ct);
        Assert.Equal([DateOnly.MaxValue, DateOnly.MaxValue, Monday.AddDays(2)],
            new[] { 1, 4, 5 }.Select(person => Assert.Single(situation.Runs).Demands.Single(demand => demand.Employee == town.Person(person)).Deadline));

        Task Prove(int person, DateOnly validTo) => host.Bus.Publish(new LearningProven
        {
            RunId = Id($"P9-{person}-{validTo}"), CourseId = town.Course, Steps = [], Learners = [new() { EmployeeId = town.Person(person), Score = 90, ValidTo = validTo }], ProvenAt = Now,
        }, Id($"P9-{person}-{validTo}"));

        async Task<DateOnly?> ValidTo(int person) => (await Known<KnownCertificate>(KnownCertificate.IdOf(town.Person(person), town.Course)))?.ValidTo;
    }

    async Task<T?> Known<T>(object id) where T : notnull
    {
        await using var query = host.Services.GetRequiredService<IDocumentStore>().QuerySession(SchedulingHost.Tenant);
        return await query.LoadAsync<T>(id, Ct);
    }

    [Fact]
    public async Task Nothing_to_plan_and_strangers_are_refused()
    {
        var town = await new Town(host, "P7").Settle();
        var detail = await Searched(town, await Ask(town, "P7"));
        Assert.Equal((ProposalState.Failed, "nothing-to-plan"), (detail.Proposal.State, detail.Proposal.Code));
        var body = new { id = Id("P7-other"), regions = new[] { "P7" }, from = Monday, to = Monday.AddDays(4) };
        Assert.Equal(HttpStatusCode.Forbidden, (await host.Client(Role.RegionalManager, "region:XX").PostAsJsonAsync($"/plans/{town.Plan}/proposals", body, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await town.Teacher.PostAsJsonAsync($"/plans/{town.Plan}/proposals", body, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await host.Client(Role.RegionalManager, "region:XX").PostAsJsonAsync($"/proposals/{detail.Proposal.Id}/accept", new { }, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await town.Manager.GetAsync($"/proposals/{Id("none")}", Ct)).StatusCode);
    }
}
