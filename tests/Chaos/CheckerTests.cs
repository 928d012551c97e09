using System.Text.Json;
using Training.Chaos.Check;
using Training.Chaos.Load;

namespace Training.Chaos;

/// <summary>A checker that cannot complain proves nothing: a sound history passes, and each way of spoiling it is found.</summary>
public class CheckerTests
{
    const string Hired = "Training.Contracts.Workforce.V1:EmployeeHired", Requested = "Training.Contracts.Scheduling.V1:FundingRequested", Reserved = "Training.Contracts.Budgeting.V1:FundsReserved";

    static readonly Guid Person = new("aaaaaaaa-0000-0000-0000-000000000001"), Run = new("aaaaaaaa-0000-0000-0000-000000000002"), Funding = new("aaaaaaaa-0000-0000-0000-000000000003"),
        Line = new("aaaaaaaa-0000-0000-0000-000000000004"), Profile = new("aaaaaaaa-0000-0000-0000-000000000005"), Estate = new("aaaaaaaa-0000-0000-0000-000000000006");

    static JsonElement Json(object value) => JsonSerializer.SerializeToElement(value);

    static object Yuan(decimal amount) => new { amount, currency = "CNY" };

    static Guid Id(int number) => new($"bbbbbbbb-0000-0000-0000-{number:D12}");

    static StoredFact Fact(string service, int number, Guid stream, long version, string type, object data, string correlation, string causation = "", Message? published = null) =>
        new(service, number, Id(number), stream, version, "YA", type, correlation, causation, "", Json(data), published);

    static Order Order(int number, string service, string kind, params Expected[] facts) => new(Id(number), "YA", service, kind, facts) { Reply = Reply.Acknowledged, Attempts = 1 };

    /// <summary>One hiring heard by three services, one line of money, and one run that gets its money from it.</summary>
    static History Sound()
    {
        var (hire, plan, freeze, invoice, refused) = (Id(901).ToString(), Id(902).ToString(), Id(903).ToString(), Id(904), Id(905));
        List<StoredFact> facts =
        [
            Fact("Workforce", 1, Person, 1, "employee_hired", new { employeeId = Person }, hire, hire,
                new(Hired, Json(new { employeeId = Person, employeeNo = "YA-1", estateId = Estate, positionCode = "SEC", hiredOn = "2029-01-01" }))),
            Fact("NeedsAssessment", 2, Profile, 1, "profile_opened", new { employeeId = Person }, hire, Id(1).ToString()),
            Fact("Budgeting", 3, Line, 1, "line_planned", new { amount = Yuan(500), onOverrun = "Stop" }, plan),
            Fact("Scheduling", 4, Run, 1, "run_planned", new { runId = Run }, freeze),
            Fact("Scheduling", 5, Run, 2, "funding_requested", new { runId = Run, amount = Yuan(120) }, freeze, "", new(Requested, Json(new { runId = Run, amount = 120 }))),
            Fact("Budgeting", 6, Funding, 1, "run_funded", new { runId = Run, lineId = Line }, freeze, Id(5).ToString(), new(Reserved, Json(new { runId = Run, lineId = Line, amount = 120, currency = "CNY" }))),
            Fact("Budgeting", 7, Line, 2, "funds_reserved", new { runId = Run, amount = Yuan(120) }, freeze, Id(5).ToString()),
            Fact("Scheduling", 8, Run, 3, "run_funded", new { runId = Run }, freeze, Id(6).ToString()),
            Fact("Budgeting", 9, Line, 3, "other_actual_posted", new { postingId = invoice, amount = Yuan(30) }, invoice.ToString()),
        ];
        return new(
            [
                Order(901, "Workforce", "hire", new Expected("employee_hired")), Order(902, "Budgeting", "plan line", new Expected("line_planned")),
                Order(903, "Scheduling", "plan run", new Expected("run_planned")), Order(904, "Budgeting", "invoice", new Expected("other_actual_posted")),
                new Order(refused, "YA", "Budgeting", "invoice", new Expected("other_actual_posted")) { Reply = Reply.Refused, Code = "not-enough-funds", Attempts = 1 },
            ],
            facts,
            [.. facts.GroupBy(fact => (fact.Service, fact.Stream)).Select(stream => new StreamHead(stream.Key.Service, stream.Key.Stream, "YA", stream.Count()))],
            [
                new("NeedsAssessment", "YA", "needsassessment-employee", Person, 1, false, [1]), new("Catalogue", "YA", "catalogue-known-employee", Person, 1, false, [1]),
                new("Scheduling", "YA", "scheduling-known-employee", Person, 1, false, [1]), new("Budgeting", "YA", "budgeting-funding-requested", Run, 2, false, [2]),
                new("Scheduling", "YA", "scheduling-funding-answer", Funding, 1, false, [1]),
            ],
            [
                new("Catalogue", "knownemployee", "YA", Person.ToString(), Json(new { estateId = Estate, positionCode = "SEC", active = true })),
                new("Scheduling", "knownemployee", "YA", Person.ToString(), Json(new { estateId = Estate, positionCode = "SEC", active = true })),
            ],
            [],
            [
                new(Hired, "NeedsAssessment", "needsassessment-employee"), new(Hired, "Catalogue", "catalogue-known-employee"), new(Hired, "Scheduling", "scheduling-known-employee"),
                new(Requested, "Budgeting", "budgeting-funding-requested"), new(Reserved, "Scheduling", "scheduling-funding-answer"),
            ],
            [new("Budgeting", $"/lines/{Line}", "YA", Json(new { allocated = 500m, reserved = 120m, committed = 0m, actual = 30m, available = 350m }))],
            [new("budgeting-funding-requested", Messages: 0, Ready: 0, Consumers: 1, Handled: 1)], [], [], []);
    }

    static History Without(History history, int number) => history with
    {
        Facts = [.. history.Facts.Where(fact => fact.Sequence != number)],
        Streams = [.. history.Facts.Where(fact => fact.Sequence != number).GroupBy(fact => (fact.Service, fact.Stream)).Select(stream => new StreamHead(stream.Key.Service, stream.Key.Stream, "YA", stream.Count()))],
    };

    static History With(History history, params StoredFact[] more) => history with
    {
        Facts = [.. history.Facts, .. more],
        Streams = [.. history.Facts.Concat(more).GroupBy(fact => (fact.Service, fact.Stream)).Select(stream => new StreamHead(stream.Key.Service, stream.Key.Stream, "YA", stream.Count()))],
    };

    static void Complains(Breach breach, string about, History spoilt)
    {
        var violations = Checker.Check(spoilt);
        Assert.True(violations.Any(violation => violation.Breach == breach && violation.Text.Contains(about, StringComparison.Ordinal)), string.Join('\n', violations));
    }

    [Fact]
    public void A_sound_history_passes() => Assert.Empty(Checker.Check(Sound()));

    [Fact]
    public void An_acknowledged_command_without_its_fact_is_found() => Complains(Breach.Lost, "left 0 of 1 other_actual_posted", Without(Sound(), 9));

    [Fact]
    public void A_command_nobody_answered_is_found() =>
        Complains(Breach.Unsettled, "was never answered", Sound() with { Orders = [.. Sound().Orders, new Order(Id(999), "YA", "Budgeting", "invoice") { Attempts = 3 }] });

    [Fact]
    public void A_command_that_counted_twice_is_found() =>
        Complains(Breach.Doubled, "left 2 other_actual_posted", With(Sound(), Fact("Budgeting", 20, Line, 4, "other_actual_posted", new { postingId = Id(904), amount = Yuan(30) }, Id(904).ToString())));

    [Fact]
    public void A_refused_command_that_left_something_is_found() =>
        Complains(Breach.Doubled, "was refused", With(Sound(), Fact("Budgeting", 20, Line, 4, "other_actual_posted", new { postingId = Id(905), amount = Yuan(30) }, Id(905).ToString())));

    [Fact]
    public void A_fact_nobody_asked_for_is_found() =>
        Complains(Breach.Doubled, "Nobody asked for", With(Sound(), Fact("Budgeting", 20, Line, 4, "other_actual_posted", new { postingId = Id(77), amount = Yuan(1) }, "")));

    [Fact]
    public void A_message_a_queue_never_got_is_found() =>
        Complains(Breach.Lost, "never reached catalogue-known-employee", Sound() with { Marks = [.. Sound().Marks.Where(mark => mark.Service != "Catalogue")] });

    [Fact]
    public void A_message_that_others_of_its_stream_passed_is_found() =>
        Complains(Breach.Lost, "never reached catalogue-known-employee", Sound() with { Marks = [.. Sound().Marks.Select(mark => mark.Service == "Catalogue" ? mark with { Seen = 3, Recent = [2, 3] } : mark)] });

    [Fact]
    public void A_message_that_came_too_late_is_found() => Complains(Breach.Disorder, "too late to apply it",
        Sound() with { Documents = [.. Sound().Documents, new("Catalogue", "hole", "YA", $"catalogue-known-employee/{Person}/1", Json(new { overtaken = true }))] });

    [Fact]
    public void A_contract_nobody_hears_is_found() =>
        Complains(Breach.Lost, "which nobody hears", Sound() with { Subscriptions = [.. Sound().Subscriptions.Where(one => one.Contract != Reserved)] });

    [Fact]
    public void An_answer_that_was_lost_is_found_although_the_run_was_parked_for_it() => Complains(Breach.Lost, "no run_funded followed in Scheduling",
        With(Without(Sound(), 8), Fact("Scheduling", 20, Run, 3, "run_parked", new { runId = Run, code = "no-funding-answer" }, Id(903).ToString())));

    [Fact]
    public void One_of_several_effects_that_happened_twice_is_found()
    {
        const string held = "Training.Contracts.Scheduling.V1:SessionHeld";
        var message = Fact("Scheduling", 20, Run, 4, "session_held", new { runId = Run }, Id(903).ToString(), "", new(held, Json(new { runId = Run })));
        StoredFact Level(int number, string competency) => Fact("NeedsAssessment", number, Profile, number - 19, "level_changed", new { competencyCode = competency }, Id(903).ToString(), Id(20).ToString());
        History Heard(params StoredFact[] levels) => With(Sound(), [message, .. levels]) with { Subscriptions = [.. Sound().Subscriptions, new(held, "NeedsAssessment", "needsassessment-employee")] };
        Complains(Breach.Doubled, "caused 2 level_changed", Heard(Level(21, "C01"), Level(22, "C01")));
        Assert.DoesNotContain(Checker.Check(Heard(Level(21, "C01"), Level(22, "C02"))), violation => violation.Breach == Breach.Doubled);
    }

    [Fact]
    public void Who_leaves_frees_a_seat_of_each_session_of_a_week_once()
    {
        const string left = "Training.Contracts.Workforce.V1:EmployeeLeft";
        var message = Fact("Workforce", 20, Profile, 4, "employee_left", new { employeeId = Profile }, Id(903).ToString(), "", new(left, Json(new { employeeId = Profile })));
        StoredFact Released(int number, int session) => Fact("Scheduling", number, Line, number - 20, "staff_released", new { sessionId = Id(session) }, Id(903).ToString(), Id(20).ToString());
        History Heard(params StoredFact[] released) => With(Sound(), [message, .. released]) with { Subscriptions = [.. Sound().Subscriptions, new(left, "Scheduling", "scheduling-leaver")] };
        Complains(Breach.Doubled, "caused 2 staff_released", Heard(Released(21, 31), Released(22, 31)));
        Assert.DoesNotContain(Checker.Check(Heard(Released(21, 31), Released(22, 32))), violation => violation.Breach == Breach.Doubled);
    }

    [Fact]
    public void Money_granted_without_a_reservation_is_found() => Complains(Breach.Money, "not exactly one reservation", Without(Sound(), 7));

    [Fact]
    public void A_run_that_holds_money_on_two_lines_is_found() => Complains(Breach.Money, "holds money on 2 lines",
        With(Sound(), Fact("Budgeting", 20, Id(61), 1, "line_planned", new { amount = Yuan(500), onOverrun = "Stop" }, Id(902).ToString()),
            Fact("Budgeting", 21, Id(61), 2, "funds_reserved", new { runId = Run, amount = Yuan(120) }, Id(903).ToString())));

    [Fact]
    public void A_posting_that_is_twice_on_a_line_is_found() => Complains(Breach.Money, "is twice on line",
        With(Sound(), Fact("Budgeting", 20, Line, 4, "other_actual_posted", new { postingId = Id(904), amount = Yuan(30) }, Id(904).ToString())));

    [Fact]
    public void A_stream_of_one_group_with_a_fact_of_another_is_found() => Complains(Breach.Tenant, "holds facts of another group",
        Sound() with { Streams = [.. Sound().Streams.Select(head => head.Stream == Line ? head with { Tenant = "YB" } : head)] });

    [Fact]
    public void An_answer_about_another_group_is_found() => Complains(Breach.Tenant, "for YA speaks of YB",
        Sound() with { Answers = [Sound().Answers[0] with { Body = Json(new { allocated = 500m, reserved = 120m, committed = 0m, actual = 30m, available = 350m, code = "YB-B1" }) }] });

    [Fact]
    public void A_read_model_that_knows_nothing_is_found() => Complains(Breach.Answer, "knows of nothing there", Sound() with { Answers = [Sound().Answers[0] with { Body = null }] });

    [Fact]
    public void A_run_or_an_employee_whose_answer_differs_is_found()
    {
        Complains(Breach.Answer, "says state Planned; its facts say Funded", Sound() with { Answers = [new("Scheduling", $"/runs/{Run}", "YA", Json(new { run = new { state = "Planned" } }))] });
        Complains(Breach.Answer, "says state Left; its facts say Employed", Sound() with { Answers = [new("Workforce", $"/employees/{Person}", "YA", Json(new { employee = new { state = "Left" } }))] });
    }

    [Fact]
    public void A_licence_that_was_not_kept_is_found()
    {
        const string recorded = "Training.Contracts.Workforce.V1:LicenceRecorded";
        History Kept(string expires) => With(Sound(), Fact("Workforce", 20, Person, 2, "licence_recorded", new { }, Id(901).ToString(), "", new(recorded, Json(new { employeeId = Person, licenceType = "fire", expiresOn = "2030-01-01" })))) with
        {
            Subscriptions = [.. Sound().Subscriptions, new(recorded, "Scheduling", "scheduling-known-employee")],
            Documents = [new("Scheduling", "knownemployee", "YA", Person.ToString(), Json(new { estateId = Estate, positionCode = "SEC", active = true, licences = new Dictionary<string, string> { ["fire"] = expires } })), Sound().Documents[0]],
        };
        Complains(Breach.Disorder, "licences fire = 2029-01-01", Kept("2029-01-01"));
        Complains(Breach.Lost, "licences fire = ", Kept(""));
    }

    [Fact]
    public void Absences_counted_twice_are_found()
    {
        const string away = "Training.Contracts.Catalogue.V1:TrainerUnavailable";
        var trainer = Id(62);
        Complains(Breach.Doubled, "knows 2 absences", With(Sound(), Fact("Catalogue", 20, trainer, 1, "trainer_unavailable", new { }, Id(902).ToString(), "", new(away, Json(new { trainerId = trainer })))) with
        {
            Subscriptions = [.. Sound().Subscriptions, new(away, "Scheduling", "scheduling-known-trainer")],
            Documents = [.. Sound().Documents, new("Scheduling", "knowntrainer", "YA", trainer.ToString(), Json(new { unavailable = new[] { 1, 2 } }))],
        });
    }

    [Fact]
    public void Wages_that_an_older_word_overwrote_are_found()
    {
        const string posted = "Training.Contracts.Workforce.V1:WageBasePosted";
        Complains(Breach.Disorder, "knows wages 90", With(Sound(), Fact("Workforce", 20, Id(63), 1, "wage_base_posted", new { }, Id(901).ToString(), "", new(posted, Json(new { legalEntity = "YA-L1", year = 2030, amount = 100 })))) with
        {
            Subscriptions = [.. Sound().Subscriptions, new(posted, "Budgeting", "budgeting-wages")],
            Documents = [.. Sound().Documents, new("Budgeting", "budgetperiod", "YA", Id(64).ToString(), Json(new { year = 2030, wageBases = new Dictionary<string, object> { ["YA-L1"] = Yuan(90) } }))],
        });
    }

    [Fact]
    public void A_message_taken_without_effect_is_found() => Complains(Breach.Lost, "no profile_opened followed in NeedsAssessment", Without(Sound(), 2));

    [Fact]
    public void A_document_that_was_not_made_is_found() =>
        Complains(Breach.Lost, "has no knownemployee", Sound() with { Documents = [.. Sound().Documents.Where(kept => kept.Service != "Scheduling")] });

    [Fact]
    public void An_effect_that_happened_twice_is_found() =>
        Complains(Breach.Doubled, "caused 2 funds_reserved", With(Sound(), Fact("Budgeting", 20, Line, 4, "funds_reserved", new { runId = Run, amount = Yuan(120) }, Id(903).ToString(), Id(5).ToString())));

    [Fact]
    public void A_hole_in_a_stream_is_found() =>
        Complains(Breach.Disorder, "has versions 1, 3", Sound() with { Facts = [.. Sound().Facts.Where(fact => fact.Sequence != 7)] });

    [Fact]
    public void A_stream_that_lost_its_end_is_found() => Complains(Breach.Lost, "says 3 and has 2 facts", Sound() with { Facts = [.. Sound().Facts.Where(fact => fact.Sequence != 9)] });

    [Fact]
    public void Effects_out_of_order_are_found()
    {
        const string parked = "Training.Contracts.Scheduling.V1:CourseRunParked";
        var history = With(Sound(),
            Fact("Scheduling", 20, Run, 4, "run_parked", new { runId = Run }, Id(903).ToString(), "", new(parked, Json(new { runId = Run }))),
            Fact("Budgeting", 21, Id(500), 1, "what_followed_from_4", new { }, Id(903).ToString(), Id(20).ToString()),
            Fact("Budgeting", 22, Id(500), 2, "what_followed_from_2", new { }, Id(903).ToString(), Id(5).ToString()));
        Complains(Breach.Disorder, "stands behind what followed from 4", history with { Subscriptions = [.. history.Subscriptions, new(parked, "Budgeting", "budgeting-funding-requested")] });
    }

    [Fact]
    public void An_older_word_that_won_is_found() => Complains(Breach.Disorder, "the last word was SEC",
        Sound() with { Documents = [.. Sound().Documents.Select(kept => kept with { Data = Json(new { estateId = Estate, positionCode = "CSR", active = true }) })] });

    [Fact]
    public void A_row_of_another_group_is_found() => Complains(Breach.Tenant, "follows from a message of YA",
        Sound() with { Facts = [.. Sound().Facts.Select(fact => fact.Sequence == 2 ? fact with { Tenant = "YB" } : fact)] });

    [Fact]
    public void A_word_about_another_group_is_found() => Complains(Breach.Tenant, "speaks of YB",
        Sound() with { Documents = [.. Sound().Documents, new("Scheduling", "knownvenue", "YA", Id(70).ToString(), Json(new { name = "YB-R1" }))] });

    [Fact]
    public void A_watermark_of_another_group_is_found() => Complains(Breach.Tenant, "keeps its place",
        Sound() with { Marks = [.. Sound().Marks, new("Catalogue", "YB", "catalogue-known-employee", Person, 1, false, [1])] });

    [Fact]
    public void An_overdrawn_line_is_found() => Complains(Breach.Money, "are available",
        With(Sound(), Fact("Budgeting", 20, Line, 4, "other_actual_posted", new { postingId = Id(905), amount = Yuan(400) }, Id(905).ToString())));

    [Fact]
    public void Money_that_stays_behind_is_found() => Complains(Breach.Money, "120 are held for it instead of 0",
        With(Sound(), Fact("Scheduling", 20, Run, 4, "run_cancelled", new { runId = Run }, Id(903).ToString())));

    [Fact]
    public void Half_a_transfer_is_found() => Complains(Breach.Money, "took 50 and gave 0",
        With(Sound(), Fact("Budgeting", 20, Line, 4, "funds_transferred_out", new { transferId = Id(60), amount = Yuan(50) }, Id(904).ToString())));

    [Fact]
    public void A_read_model_that_says_otherwise_is_found() => Complains(Breach.Answer, "says available 351.00; its facts say 350.00",
        Sound() with { Answers = [Sound().Answers[0] with { Body = Json(new { allocated = 500m, reserved = 120m, committed = 0m, actual = 30m, available = 351m }) }] });

    [Fact]
    public void A_repetition_that_was_answered_otherwise_is_found()
    {
        var history = Sound();
        history.Orders[3].OtherAnswer = "not-enough-funds";
        Complains(Breach.Answer, "refused when repeated", history);
    }

    [Fact]
    public void What_is_left_in_a_queue_is_found() =>
        Complains(Breach.Lost, "Messages are left in budgeting_error: 2 ready, 0 at work, 0 consumers", Sound() with { Queues = [new("budgeting_error", Messages: 2, Ready: 2, Consumers: 0, Handled: 0)] });

    [Fact]
    public void A_queue_that_stood_is_found() => Complains(Breach.Stood, "budgeting-line", Sound() with { Stood = ["budgeting-line"] });

    [Fact]
    public void A_parked_message_that_is_no_poison_is_found() =>
        Complains(Breach.Lost, "is parked at", Sound() with { Parked = [new("Scheduling", "YA", "scheduling-funding-answer", Funding, "failed")] });

    [Fact]
    public void Poison_that_was_swallowed_is_found() =>
        Complains(Breach.Lost, "is not parked once", Sound() with { Poison = [new(Id(80), Requested, "YA", Id(81), 1, "chaos", Json(new { }))] });
}
