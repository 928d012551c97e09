using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Training.Contracts.Budgeting.V1;
using Training.Contracts.Catalogue.V1;
using Training.Contracts.NeedsAssessment.V1;
using Training.Contracts.Workforce.V1;
using Training.Foundation;
using Training.Scheduling.Calendars;
using Training.Scheduling.Known;
using Training.Scheduling.Runs;
using Training.Scheduling.Sessions;
using Training.Scheduling.Verifier;
using static Training.Scheduling.Tests.World;
using V1 = Training.Contracts.Scheduling.V1;

namespace Training.Scheduling.Tests;

public sealed class SchedulingHost : ServiceHost<Program>
{
    /// <summary>Five weeks before <see cref="World.Monday"/>.</summary>
    protected override TimeProvider Clock { get; } = new TestClock(new(2026, 11, 30, 1, 0, 0, TimeSpan.Zero));
}

[CollectionDefinition]
public class WithHost : ICollectionFixture<SchedulingHost>;

/// <summary>One estate with a gate that needs one of two guards by day, told by the bus under a name of its own, so that tests share one host.</summary>
sealed class Town(SchedulingHost host, string name)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public Guid Estate { get; } = Id($"{name}-estate");
    public Guid Course { get; } = Id($"{name}-course");
    public Guid Trainer { get; } = Id($"{name}-trainer");
    public Guid Venue { get; } = Id($"{name}-venue");
    public Guid Line { get; } = Id($"{name}-line");
    public Guid Plan { get; } = Id($"{name}-plan");
    public Guid Person(int number) => Id($"{name}-{number}");
    public Guid Run(int group = 0) => DerivedId.Of("run", Line.ToString(), group.ToString(System.Globalization.CultureInfo.InvariantCulture));
    public HttpClient Manager => host.Client(Role.GroupTrainingManager);
    public HttpClient Teacher => host.Client(Role.Trainer);

    /// <summary>Guards 1 and 2 by day, 3 late; 4 and 5 have no post.</summary>
    public async Task<Town> Settle(int seats = 20, int max = 3, int minutes = 240)
    {
        await host.Bus.Publish(new EstateOpened { EstateId = Estate, Code = name, Name = name, Region = name, LegalEntity = "YL-HZ", Kind = "V", Households = 100, TimeZone = Zone }, Estate);
        await host.Bus.Publish(new MinimumManningSet
        {
            EstateId = Estate, Posts = [new() { PostCode = "GATE", PositionCode = "SEC", From = new(8, 0), To = new(16, 0), Heads = 1, LicenceType = "" }],
        }, Estate);
        for (var number = 1; number <= 6; number++)
            await host.Bus.Publish(new EmployeeHired { EmployeeId = Person(number), EmployeeNo = $"{name}-{number}", EstateId = Estate, PositionCode = "SEC", HiredOn = new(2020, 1, 1) }, Person(number));
        await host.Bus.Publish(new RosterPublished
        {
            RosterId = Id($"{name}-roster"), EstateId = Estate, Revision = 1, From = Monday, To = Monday.AddDays(6),
            Shifts = [.. Enumerable.Range(0, 7).SelectMany(day => new RosterShift[]
            {
                new() { PostCode = "GATE", StartsAt = At(day, 8), EndsAt = At(day, 16), EmployeeIds = [Person(1), Person(2)] },
                new() { PostCode = "GATE", StartsAt = At(day, 16), EndsAt = At(day, 24), EmployeeIds = [Person(3)] },
            })],
        }, Id($"{name}-roster"));
        await host.Bus.Publish(new CoursePublished
        {
            CourseId = Course, Code = "K05", Version = 1, Title = "灭火", TitleEnglish = "Fire", Module = "K", Mode = "ILT", Minutes = minutes, MinLearners = 2, MaxLearners = max, Steps = [],
            Audience = ["SEC"], Prerequisites = [], ValidityMonths = 0, FundCategory = "FC2", TrainerGrade = "I2", Equipment = [], CostPerRun = 900, CostPerLearner = 10, Currency = "CNY",
        }, Course);
        await host.Bus.Publish(new TrainerRegistered { TrainerId = Trainer, Name = "I2-01", Grade = "I2", Region = name, HoursPerYear = 400 }, Trainer);
        await host.Bus.Publish(new TrainerAuthorised { TrainerId = Trainer, CourseId = Course, ValidTo = new(2027, 12, 31) }, Trainer);
        await host.Bus.Publish(new VenueOpened { VenueId = Venue, Name = "Room 1", Region = name, EstateId = Estate, Seats = seats, Equipment = [] }, Venue);
        return this;
    }

    public async Task Freeze(params int[] people)
    {
        await host.Bus.Publish(new TrainingPlanLineFrozen
        {
            PlanId = Plan, LineId = Line, CourseId = Course, CourseCode = "K05", Region = name, Quarter = "2027Q1", Priority = 1,
            Learners = [.. people.Select(person => new PlannedLearner { EmployeeId = Person(person), EstateId = Estate, NeedId = Id("need") })],
        }, Plan);
        await host.Bus.Publish(new TrainingPlanFrozen { PlanId = Plan, Version = 1, Quarter = "2027Q1", Lines = 1, Places = people.Length, FrozenAt = Now }, Plan);
    }

    /// <summary>Another course of four hours, K06, which builds on that of the town, and a run of it that has its money.</summary>
    public async Task<Guid> FundNext(decimal priority, params int[] people)
    {
        var (next, line) = (Id($"{name}-next"), Id($"{name}-next-line"));
        await host.Bus.Publish(new CoursePublished
        {
            CourseId = next, Code = "K06", Version = 1, Title = "疏散", TitleEnglish = "Evacuation", Module = "K", Mode = "ILT", Minutes = 240, MinLearners = 2, MaxLearners = 4, Steps = [],
            Audience = ["SEC"], Prerequisites = [Course], ValidityMonths = 0, FundCategory = "FC2", TrainerGrade = "I2", Equipment = [], CostPerRun = 900, CostPerLearner = 10, Currency = "CNY",
        }, next);
        await host.Bus.Publish(new TrainerAuthorised { TrainerId = Trainer, CourseId = next, ValidTo = new(2027, 12, 31) }, Trainer);
        await host.Bus.Publish(new TrainingPlanLineFrozen
        {
            PlanId = Plan, LineId = line, CourseId = next, CourseCode = "K06", Region = name, Quarter = "2027Q1", Priority = priority,
            Learners = [.. people.Select(person => new PlannedLearner { EmployeeId = Person(person), EstateId = Estate, NeedId = Id("need") })],
        }, Plan);
        var run = DerivedId.Of("run", line.ToString(), "0");
        await Fund(run);
        await using var query = host.Services.GetRequiredService<IDocumentStore>().QuerySession(SchedulingHost.Tenant);
        await Eventually.True(async () => await query.LoadAsync<KnownTrainer>(Trainer, Ct) is { Authorisations.Count: 2 }, "the trainer is authorised for both courses");
        return run;
    }

    /// <summary>Plays Budgeting.</summary>
    public Task Fund(int group = 0) => Fund(Run(group));

    async Task Fund(Guid run)
    {
        await host.Bus.Next<V1.FundingRequested>(message => message.RunId == run);
        await host.Bus.Publish(new FundsReserved { RunId = run, LineId = Id("budget"), Amount = 930, Currency = "CNY" }, DerivedId.Of("funding", run.ToString()));
        await Eventually.True(async () => (await Detail(run)).Run.State == RunState.Funded, "the run is funded");
        await Eventually.True(async () => (await host.Facts(DutyWeek.IdOf("YL", new(Estate), Monday))).Count > 0, "the roster is known");
    }

    public Task<RunDetail> Detail(int group = 0) => Detail(Run(group));

    public async Task<RunDetail> Detail(Guid run) => await Manager.GetFromJsonAsync<RunDetail>($"/runs/{run}", House.Options, Ct) ?? throw new InvalidOperationException();

    public Task<HttpResponseMessage> Schedule(double hour, int day = 0, int group = 0, Guid? venue = null) =>
        Manager.PostAsJsonAsync($"/runs/{Run(group)}/schedule", new { startsAt = At(day, hour), trainerId = Trainer, venueId = venue ?? Venue }, Ct);

    public Guid Session(int group = 0) => Scheduling.Sessions.Session.IdOf(new(Run(group)), 1).Value;
}

[Collection<WithHost>]
public class HostTests(SchedulingHost host)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static async Task Refused(HttpResponseMessage answer, string code, HttpStatusCode status = HttpStatusCode.UnprocessableEntity)
    {
        Assert.Equal(code, (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("code").GetString());
        Assert.Equal(status, answer.StatusCode);
    }

    async Task<Town> Funded(string name, params int[] people)
    {
        var town = await new Town(host, name).Settle();
        await town.Freeze(people);
        await town.Fund();
        return town;
    }

    [Fact]
    public async Task A_plan_line_becomes_a_funded_run_with_sessions_that_are_held()
    {
        var town = await Funded("T1", 1, 4, 5);
        var answer = await town.Manager.PostAsJsonAsync($"/plans/{town.Plan}/schedule", new { region = "T1", from = Monday, to = Monday.AddDays(4) }, Ct);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var placed = await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
        Assert.Equal(1, placed.GetProperty("placed").GetInt32());
        Assert.Equal(1, (await host.Bus.Next<V1.CourseRunConfirmed>(message => message.RunId == town.Run())).Sessions);

        var session = (await town.Detail()).Placed[0];
        Assert.Equal(At(0, 8), session.StartsAt);
        var checkIn = $"/sessions/{session.Id}/check-ins/{town.Person(1)}";
        Assert.Equal(HttpStatusCode.NoContent, (await town.Teacher.PutAsJsonAsync(checkIn, new { at = At(0, 8) }, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await town.Teacher.PutAsJsonAsync(checkIn, new { at = At(0, 8) }, Ct)).StatusCode);
        await Refused(await town.Teacher.PutAsJsonAsync(checkIn, new { at = At(0, 9) }, Ct), "already-checked-in");
        await Refused(await town.Teacher.PostAsJsonAsync($"/sessions/{session.Id}/hold", new { endedAt = At(0, 9) }, Ct), "not-over-yet");
        var sheet = new { entries = new[] { new { employeeId = town.Person(4), checkedInAt = At(0, 8), minutes = 200 } } };
        Assert.Equal(HttpStatusCode.NoContent, (await town.Teacher.PutAsJsonAsync($"/sessions/{session.Id}/attendance", sheet, Ct)).StatusCode);
        for (var i = 0; i < 2; i++)
            Assert.Equal(HttpStatusCode.NoContent, (await town.Teacher.PostAsJsonAsync($"/sessions/{session.Id}/hold", new { endedAt = At(0, 12) }, Ct)).StatusCode);

        var held = await host.Bus.Next<V1.SessionHeld>(message => message.RunId == town.Run());
        Assert.Equal((920, true, 3), (held.ActualAmount, held.LastOfRun, held.Attendance.Count));
        Assert.Equal([240, 200, 0], held.Attendance.Select(one => one.AttendedMinutes));
        var detail = await town.Detail();
        Assert.Equal((RunState.Held, 920), (detail.Run.State, detail.Spent));
        Assert.Single((await host.Facts(session.Id)).OfType<Scheduling.Sessions.SessionHeld>());

        var report = await town.Manager.GetFromJsonAsync<Report>($"/verification?planId={town.Plan}", House.Options, Ct);
        Assert.Equal((1, 0), (report?.Sessions ?? 0, report?.Violations.Count ?? -1));
        Assert.True(report?.SlotsChecked > 0);
        var coverage = await town.Manager.GetFromJsonAsync<Training.Scheduling.Calendars.Coverage>($"/coverage?estateId={town.Estate}&date=2027-01-04", House.Options, Ct);
        Assert.Equal((2, 1, 1, false), coverage?.Slots.Where(slot => slot.Local == "08:00").Select(slot => (slot.OnDuty, slot.Released, slot.Minimum, slot.BelowMinimum)).Single());
    }

    [Fact]
    public async Task Many_runs_of_a_region_take_their_time_in_every_calendar()
    {
        var town = await new Town(host, "T11").Settle(max: 2);
        await town.Freeze(1, 2, 3, 4, 5, 6);
        for (var group = 0; group < 3; group++) await town.Fund(group);
        for (var again = 0; again < 2; again++)
        {
            var answer = await town.Manager.PostAsJsonAsync($"/plans/{town.Plan}/schedule", new { region = "T11", from = Monday, to = Monday.AddDays(20) }, Ct);
            Assert.Equal(3, (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("placed").GetInt32());
        }

        var report = await town.Manager.GetFromJsonAsync<Report>($"/verification?planId={town.Plan}", House.Options, Ct);
        Assert.Equal(3, report?.Sessions);
        Assert.Empty(report?.Violations ?? [new("none", [], "no report")]);
        Assert.Equal(3, (await host.Facts(TrainerCalendar.IdOf("YL", new(town.Trainer), 2027))).OfType<TrainerBooked>().Count());
    }

    static async Task FirstFit(Town town, string region)
    {
        var answer = await town.Manager.PostAsJsonAsync($"/plans/{town.Plan}/schedule", new { region, from = Monday, to = Monday.AddDays(4) }, Ct);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    static IEnumerable<Guid> People(Town town, params int[] people) => people.Select(town.Person).Order();

    [Fact]
    public async Task First_fit_places_what_comes_first_before_what_builds_on_it()
    {
        var town = await Funded("T14", 1, 4, 5);
        // More urgent than what it builds on; guard 6 needs nothing first.
        var run = await town.FundNext(priority: 9, 4, 5, 6);
        await FirstFit(town, "T14");
        var second = await town.Detail(run);
        Assert.Equal([At(0, 8)], (await town.Detail()).Placed.Select(placed => placed.StartsAt));
        Assert.Equal([At(0, 12)], second.Placed.Select(placed => placed.StartsAt));
        Assert.Equal(People(town, 4, 5, 6), second.Learners.Select(seat => seat.EmployeeId).Order());

        // Who waits for the first course can't have the second; who needs it no longer can.
        Task<HttpResponseMessage> Enrol(Guid id, int person) => town.Manager.PutAsync($"/runs/{id}/learners/{town.Person(person)}", null, Ct);
        Assert.Equal("Waitlisted", (await (await Enrol(town.Run(), 2)).Content.ReadFromJsonAsync<EnrolLearnerHandler.Answer>(Ct))?.State);
        await Refused(await Enrol(run, 2), "out-of-order");
        Assert.Equal(HttpStatusCode.NoContent, (await town.Manager.DeleteAsync($"/runs/{town.Run()}/learners/{town.Person(2)}", Ct)).StatusCode);
        Assert.Equal("Enrolled", (await (await Enrol(run, 2)).Content.ReadFromJsonAsync<EnrolLearnerHandler.Answer>(Ct))?.State);
    }

    [Fact]
    public async Task Who_only_waits_for_what_comes_first_waits_for_what_builds_on_it_too()
    {
        // The gate spares one of its two guards, and five hours don't fit into the evening.
        var town = await new Town(host, "T15").Settle(minutes: 300);
        await town.Freeze(1, 2, 4);
        await town.Fund();
        var run = await town.FundNext(priority: 1, 1, 2, 4);
        await FirstFit(town, "T15");
        var (first, second) = (await town.Detail(), await town.Detail(run));
        Assert.Equal((2, 1), (first.Learners.Count, first.Waitlist.Count));
        Assert.Equal(first.Learners.Select(seat => seat.EmployeeId).Order(), second.Learners.Select(seat => seat.EmployeeId).Order());
        Assert.Equal(first.Waitlist[0].EmployeeId, Assert.Single(second.Waitlist).EmployeeId);

        // A seat in the second goes to nobody who waits for the first; one in the first does, and then the other too.
        Task<HttpResponseMessage> Withdraw(Guid id, Guid person) => town.Manager.DeleteAsync($"/runs/{id}/learners/{person}", Ct);
        Assert.Equal(HttpStatusCode.NoContent, (await Withdraw(run, town.Person(4))).StatusCode);
        Assert.Equal((1, 1), await town.Detail(run) is var still ? (still.Learners.Count, still.Waitlist.Count) : default);
        var guard = first.Learners.Select(seat => seat.EmployeeId).Single(person => person != town.Person(4));
        Assert.Equal(HttpStatusCode.NoContent, (await Withdraw(town.Run(), guard)).StatusCode);
        Assert.Empty((await town.Detail()).Waitlist);
        Assert.Equal(HttpStatusCode.NoContent, (await Withdraw(run, guard)).StatusCode);
        Assert.Equal(first.Waitlist[0].EmployeeId, Assert.Single((await town.Detail(run)).Learners).EmployeeId);
    }

    [Fact]
    public async Task Who_has_what_builds_on_a_course_waits_for_it_and_the_others_have_it()
    {
        var town = await new Town(host, "T16").Settle();
        var run = await town.FundNext(priority: 1, 4, 6);
        await FirstFit(town, "T16");
        Assert.Equal(RunState.Confirmed, (await town.Detail(run)).Run.State);
        // The money for what comes first comes later.
        await town.Freeze(1, 4, 5);
        await town.Fund();
        await FirstFit(town, "T16");
        var first = await town.Detail();
        Assert.Equal(People(town, 1, 5), first.Learners.Select(seat => seat.EmployeeId).Order());
        Assert.Equal(town.Person(4), Assert.Single(first.Waitlist).EmployeeId);
        await Refused(await town.Manager.PutAsync($"/runs/{town.Run()}/learners/{town.Person(6)}", null, Ct), "out-of-order");
    }

    [Fact]
    public async Task A_learner_sees_his_training_scans_the_door_early_and_the_estate_sees_who_goes()
    {
        var town = await Funded("T20", 4, 5);
        Assert.Equal(HttpStatusCode.OK, (await town.Schedule(9)).StatusCode);
        var (learner, session) = (host.Client(Role.Employee, $"self:{town.Person(4)}"), town.Session());

        var training = await learner.GetFromJsonAsync<LearnerTraining>($"/employees/{town.Person(4)}/training", House.Options, Ct);
        var mine = Assert.Single(training?.Mine ?? []);
        Assert.True(mine is { Place: 0, State: RunState.Confirmed, Sessions: [{ CheckedIn: false, Early: false }] });
        var other = await host.Client(Role.Employee, $"self:{town.Person(6)}").GetFromJsonAsync<LearnerTraining>($"/employees/{town.Person(6)}/training", House.Options, Ct);
        Assert.Equal(town.Run(), Assert.Single(other?.Offered ?? []).RunId);
        await Refused(await learner.GetAsync($"/employees/{town.Person(5)}/training", Ct), "forbidden", HttpStatusCode.Forbidden);

        await Refused(await learner.PostAsJsonAsync($"/sessions/{session}/scans/{town.Person(4)}", new { code = "00", device = "phone-1" }, Ct), "code-expired");
        var door = await town.Manager.GetFromJsonAsync<DoorCard>($"/sessions/{session}/door", House.Options, Ct);
        for (var again = 0; again < 2; again++)
        {
            using var scanned = await learner.PostAsJsonAsync($"/sessions/{session}/scans/{town.Person(4)}", new { code = door?.Code, device = "phone-1" }, Ct);
            Assert.Equal("Waits", (await scanned.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("state").GetString());
        }
        await host.Client(Role.Employee, $"self:{town.Person(5)}").PostAsJsonAsync($"/sessions/{session}/scans/{town.Person(5)}", new { code = door?.Code, device = "phone-1" }, Ct);
        door = await town.Manager.GetFromJsonAsync<DoorCard>($"/sessions/{session}/door", House.Options, Ct);
        Assert.Equal(2, door?.Waiting.Count);
        Assert.Equal((town.Person(5), town.Person(4)), door?.Doubts.Select(doubt => (doubt.EmployeeId, doubt.Other)).Single());
        Assert.Equal(HttpStatusCode.Forbidden, (await learner.GetAsync($"/sessions/{session}/door", Ct)).StatusCode);

        var releases = await host.Client(Role.EstateManager, $"estate:{town.Estate}").GetFromJsonAsync<Releases>($"/releases?estateId={town.Estate}&date=2027-01-06", House.Options, Ct);
        Assert.Equal([(session, 2)], (releases?.Items ?? []).Select(one => (one.SessionId, one.People.Count)));
        Assert.All(releases?.Items.Single().People ?? [], person => Assert.Equal(("SEC", ""), (person.PositionCode, person.Post)));
        Assert.Empty((await town.Manager.GetFromJsonAsync<Alternatives>($"/runs/{town.Run()}/alternatives", House.Options, Ct))?.Items ?? [new(default, "", default, "", 0)]);
    }

    [Fact]
    public async Task An_event_is_followed_to_what_it_caused()
    {
        var town = await Funded("T21", 4, 5);
        var ops = host.Client(Role.Ops);

        var stream = await ops.GetFromJsonAsync<JsonElement>($"/events?stream={town.Run()}", Ct);
        var funded = stream.GetProperty("items").EnumerateArray().Single(one => one.GetProperty("type").GetString() == "RunFunded");
        var found = await ops.GetFromJsonAsync<JsonElement>($"/events/{funded.GetProperty("id").GetGuid()}", Ct);
        var related = await ops.GetFromJsonAsync<JsonElement>($"/events?correlationId={found.GetProperty("correlationId").GetString()}", Ct);

        Assert.NotEqual("", found.GetProperty("causationId").GetString());
        Assert.Contains(related.GetProperty("items").EnumerateArray(), one => one.GetProperty("id").GetGuid() == funded.GetProperty("id").GetGuid());
        Assert.Equal(town.Run(), found.GetProperty("data").GetProperty("runId").GetGuid());
        Assert.Equal(HttpStatusCode.NotFound, (await ops.GetAsync($"/events/{Guid.NewGuid()}", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Client(Role.Ops, tenant: "ZZ").GetAsync($"/events/{funded.GetProperty("id").GetGuid()}", Ct)).StatusCode);
        await Refused(await ops.GetAsync("/events", Ct), "nothing-asked");
        Assert.Equal(HttpStatusCode.Forbidden, (await host.Client(Role.Employee).GetAsync($"/events?stream={town.Run()}", Ct)).StatusCode);
    }

    [Fact]
    public async Task By_hand_a_conflict_is_named_and_nothing_is_stored()
    {
        var town = await Funded("T2", 1, 2, 4);
        var before = await host.Facts(town.Run());
        await Refused(await town.Schedule(9), "post-below-minimum");
        await Refused(await town.Schedule(5), "outside-hours");
        await Refused(await town.Schedule(9, day: -200), "in-the-past");
        Assert.Equal(before.Select(House.Json), (await host.Facts(town.Run())).Select(House.Json));
        Assert.Empty(await host.Facts(TrainerCalendar.IdOf("YL", new(town.Trainer), 2027)));

        Assert.Equal(HttpStatusCode.NoContent, (await town.Manager.DeleteAsync($"/runs/{town.Run()}/learners/{town.Person(2)}?reason=post", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await town.Schedule(9)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await town.Schedule(9)).StatusCode);
        await Refused(await town.Schedule(10), "not-funded");
    }

    [Fact]
    public async Task An_overlapping_session_and_a_small_venue_are_refused()
    {
        var town = await new Town(host, "T3").Settle(seats: 3);
        await town.Freeze(1, 2, 3, 4, 5, 6);
        await town.Fund(0);
        await town.Fund(1);
        Assert.Equal(HttpStatusCode.OK, (await town.Schedule(16, group: 1, day: 5)).StatusCode);
        await Refused(await town.Schedule(18, group: 0, day: 5), "overlapping-session");

        var small = await new Town(host, "T3b").Settle(seats: 2);
        await small.Freeze(4, 5, 6);
        await small.Fund();
        await Refused(await small.Schedule(9), "venue-too-small");
    }

    [Fact]
    public async Task Two_bookings_that_race_for_the_last_guard_never_both_win()
    {
        var town = await new Town(host, "T4").Settle(max: 2);
        await town.Freeze(1, 4, 2, 5);
        await town.Fund(0);
        await town.Fund(1);
        var other = Id("T4-second-trainer");
        await host.Bus.Publish(new TrainerRegistered { TrainerId = other, Name = "I2-02", Grade = "I2", Region = "T4", HoursPerYear = 400 }, other);
        await host.Bus.Publish(new TrainerAuthorised { TrainerId = other, CourseId = town.Course, ValidTo = new(2027, 12, 31) }, other);
        var venue = Id("T4-second-venue");
        await host.Bus.Publish(new VenueOpened { VenueId = venue, Name = "Room 2", Region = "T4", EstateId = town.Estate, Seats = 20, Equipment = [] }, venue);
        await Eventually.True(async () => (await town.Manager.PostAsJsonAsync($"/runs/{town.Run(1)}/schedule", new { startsAt = At(0, 3), trainerId = other, venueId = venue }, Ct)).StatusCode
            == HttpStatusCode.UnprocessableEntity, "trainer and venue are known");

        var answers = await Task.WhenAll(town.Schedule(9),
            town.Manager.PostAsJsonAsync($"/runs/{town.Run(1)}/schedule", new { startsAt = At(0, 9), trainerId = other, venueId = venue }, Ct));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.Single((await host.Facts(DutyWeek.IdOf("YL", new(town.Estate), Monday))).OfType<StaffBooked>());
    }

    [Fact]
    public async Task Licences_of_everybody_on_duty_count_whichever_roster_they_are_on()
    {
        var town = await Funded("T17", 1, 4, 5);
        await host.Bus.Publish(new MinimumManningSet
        {
            EstateId = town.Estate, Posts = [new() { PostCode = "GATE", PositionCode = "SEC", From = new(8, 0), To = new(16, 0), Heads = 1, LicenceType = "fire" }],
        }, town.Estate);
        foreach (var person in new[] { 1, 6 })
            await host.Bus.Publish(new LicenceRecorded { EmployeeId = town.Person(person), LicenceType = "fire", IssuedOn = new(2026, 1, 1), ExpiresOn = new(2028, 1, 1) }, town.Person(person));
        await Roster("relief", 1, 6);
        await Eventually.True(async () => (await town.Schedule(9, day: 4)).StatusCode == HttpStatusCode.OK, "the one at the gate can go while the relief keeps it");

        await Roster("roster", 2, 1, 2);
        var facts = await Eventually.Some(async () => await host.Facts(DutyWeek.IdOf("YL", new(town.Estate), Monday)) is var all && all.OfType<WeekRostered>().Any(week => week.Revision == 2) ? all : null, "the new roster is known");
        Assert.Empty(facts.OfType<BookingEndangered>());

        Task Roster(string roster, int revision, params int[] people) => host.Bus.Publish(new RosterPublished
        {
            RosterId = Id($"T17-{roster}"), EstateId = town.Estate, Revision = revision, From = Monday, To = Monday.AddDays(6),
            Shifts = [new() { PostCode = "GATE", StartsAt = At(4, 8), EndsAt = At(4, 16), EmployeeIds = [.. people.Select(town.Person)] }],
        }, Id($"T17-{roster}"));
    }

    [Fact]
    public async Task A_full_run_has_a_line_and_who_leaves_makes_room()
    {
        var town = await Funded("T5", 1, 4, 5);
        Assert.Equal(HttpStatusCode.OK, (await town.Schedule(9)).StatusCode);
        foreach (var person in (int[])[2, 6])
            Assert.Equal(HttpStatusCode.OK, (await town.Manager.PutAsync($"/runs/{town.Run()}/learners/{town.Person(person)}", null, Ct)).StatusCode);
        Assert.Equal([town.Person(2), town.Person(6)], (await town.Detail()).Waitlist.Select(waiting => waiting.EmployeeId));

        // Guard 2 can't leave while 1 is away, so 6 moves up; when 1 leaves the company, 2 does.
        await town.Manager.DeleteAsync($"/runs/{town.Run()}/learners/{town.Person(4)}", Ct);
        Assert.Equal([town.Person(1), town.Person(5), town.Person(6)], (await town.Detail()).Learners.Select(learner => learner.EmployeeId));
        await host.Bus.Publish(new EmployeeLeft { EmployeeId = town.Person(1), LastWorkingDay = new(2026, 12, 31) }, town.Person(1));
        await Eventually.True(async () => (await town.Detail()).Learners.Select(learner => learner.EmployeeId).SequenceEqual([town.Person(5), town.Person(6), town.Person(2)]), "guard 2 moves up");
        var session = await town.Manager.GetFromJsonAsync<SessionCard>($"/sessions/{town.Session()}", House.Options, Ct);
        Assert.Equal([town.Person(5), town.Person(6), town.Person(2)], session?.Learners);
    }

    [Fact]
    public async Task A_cancelled_run_frees_everyone_and_is_told()
    {
        var town = await Funded("T6", 1, 4, 5);
        await town.Schedule(9);
        await Refused(await town.Manager.PostAsJsonAsync($"/runs/{town.Run()}/cancel", new { reason = "" }, Ct), "reason-missing");
        for (var i = 0; i < 2; i++)
            Assert.Equal(HttpStatusCode.NoContent, (await town.Manager.PostAsJsonAsync($"/runs/{town.Run()}/cancel", new { reason = "trainer ill" }, Ct)).StatusCode);

        Assert.Equal("trainer ill", (await host.Bus.Next<V1.CourseRunCancelled>(message => message.RunId == town.Run())).Reason);
        Assert.Equal(RunState.Cancelled, (await town.Detail()).Run.State);
        Assert.Single((await host.Facts(town.Session())).OfType<SessionCancelled>());
        Assert.Single((await host.Facts(TrainerCalendar.IdOf("YL", new(town.Trainer), 2027))).OfType<TrainerReleased>());
        Assert.Single((await host.Facts(DutyWeek.IdOf("YL", new(town.Estate), Monday))).OfType<StaffReleased>());
    }

    [Fact]
    public async Task Messages_delivered_again_change_nothing()
    {
        var town = await Funded("T7", 1, 4, 5);
        var (run, week) = (await host.Facts(town.Run()), await host.Facts(DutyWeek.IdOf("YL", new(town.Estate), Monday)));
        await town.Settle();
        await town.Freeze(1, 4, 5);
        await host.Bus.Publish(new FundsDeclined { RunId = town.Run(), Code = "no-line", Reason = "late" }, DerivedId.Of("funding", town.Run().ToString()));

        var after = await Funded("T7b", 1, 4, 5);
        Assert.Equal(RunState.Funded, (await after.Detail()).Run.State);
        Assert.Equal(run.Select(House.Json), (await host.Facts(town.Run())).Select(House.Json));
        Assert.Equal(week.Count, (await host.Facts(DutyWeek.IdOf("YL", new(town.Estate), Monday))).Count);
    }

    [Fact]
    public async Task A_declined_run_and_one_without_a_place_are_parked()
    {
        var town = await new Town(host, "T8").Settle();
        await town.Freeze(1, 4, 5);
        await host.Bus.Next<V1.FundingRequested>(message => message.RunId == town.Run());
        await host.Bus.Publish(new FundsDeclined { RunId = town.Run(), Code = "no-line", Reason = "No line pays." }, town.Run());
        Assert.Equal("no-line", (await host.Bus.Next<V1.CourseRunParked>(message => message.RunId == town.Run())).Code);

        var late = await Funded("T8b", 1, 4, 5);
        var answer = await late.Manager.PostAsJsonAsync($"/plans/{late.Plan}/schedule", new { region = "T8b", from = Monday.AddDays(5), to = Monday.AddDays(6) }, Ct);
        Assert.Equal(1, (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("parked").GetInt32());
        Assert.Equal("no-safe-slot", (await host.Bus.Next<V1.CourseRunParked>(message => message.RunId == late.Run())).Code);
    }

    [Fact]
    public async Task Lists_filter_and_count()
    {
        var town = await Funded("T9", 1, 4, 5);
        await town.Schedule(9);
        var runs = await town.Manager.GetFromJsonAsync<Page<RunCard>>($"/runs?planId={town.Plan}&state=Confirmed&region=T9", House.Options, Ct);
        Assert.Equal((1, "K05", 3, 930), (runs?.Total, runs?.Items[0].CourseCode, runs?.Items[0].Learners, runs?.Items[0].Cost));
        Assert.Equal(0, (await town.Manager.GetFromJsonAsync<Page<RunCard>>($"/runs?planId={town.Plan}&state=Parked", House.Options, Ct))?.Total);
        var sessions = await town.Manager.GetFromJsonAsync<Page<SessionCard>>($"/sessions?runId={town.Run()}&estateId={town.Estate}&from=2027-01-04T00:00:00Z&to=2027-01-05T00:00:00Z", House.Options, Ct);
        Assert.Equal((1, SessionState.Scheduled), (sessions?.Total, sessions?.Items[0].State));
        var summary = await town.Manager.GetFromJsonAsync<Summary>("/summary", House.Options, Ct);
        Assert.True(summary?.Runs[RunState.Confirmed] >= 1 && summary.Enrolled >= 3);
    }

    [Fact]
    public async Task Malformed_input_wrong_roles_and_strangers_are_refused()
    {
        var town = await Funded("T10", 1, 4, 5);
        await Refused(await town.Manager.PostAsJsonAsync($"/runs/{town.Run()}/schedule", new { startsAt = "tomorrow" }, Ct), "malformed-request", HttpStatusCode.BadRequest);
        await Refused(await town.Teacher.PostAsJsonAsync($"/runs/{town.Run()}/cancel", new { reason = "x" }, Ct), "forbidden", HttpStatusCode.Forbidden);
        await Refused(await host.Client(Role.RegionalManager, "region:XX").PostAsJsonAsync($"/runs/{town.Run()}/cancel", new { reason = "x" }, Ct), "forbidden", HttpStatusCode.Forbidden);
        await Refused(await host.Client(Role.Employee, $"self:{town.Person(1)}").PutAsync($"/runs/{town.Run()}/learners/{town.Person(2)}", null, Ct), "forbidden", HttpStatusCode.Forbidden);
        Assert.Equal(HttpStatusCode.OK, (await host.Client(Role.Employee, $"self:{town.Person(2)}").PutAsync($"/runs/{town.Run()}/learners/{town.Person(2)}", null, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Client("").GetAsync("/runs", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Client(Role.GroupTrainingManager, tenant: "OTHER").GetAsync($"/runs/{town.Run()}", Ct)).StatusCode);
    }
}
