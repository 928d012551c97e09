using Training.Demo;

namespace Training.Journeys.Tests;

/// <summary>One person all the way round: hired, below standard, planned, funded, present, tested, better; and the money that went with it.</summary>
[Collection<AfterAQuarter>]
public class PersonTests(SmallQuarter quarter)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    PlatformHost Platform => quarter.Platform;

    sealed record Journey(Guid EmployeeId, Guid RunId, string CompetencyCode);

    /// <summary>Somebody whose level rose in a run that cost money.</summary>
    async Task<Journey> Find()
    {
        var paid = (await Platform.Read<string>("Budgeting", "select data->>'runId' from mt_events where type = 'run_actual_posted' and (data->'amount'->>'amount')::numeric > 0")).ToHashSet();
        var raised = await Platform.Read<string>("NeedsAssessment", """
            select concat_ws(' ', data->>'employeeId', data->>'runId', data->>'competencyCode') from mt_events where type = 'level_changed' order by seq_id
            """);
        var journey = raised.Select(row => row.Split(' ')).FirstOrDefault(row => paid.Contains(row[1]));
        Assert.NotNull(journey);
        return new(Guid.Parse(journey[0]), Guid.Parse(journey[1]), journey[2]);
    }

    [Fact]
    public async Task From_hired_to_a_closed_gap()
    {
        var journey = await Find();

        Assert.Equal(["employee_hired"], await Platform.Read<string>("Workforce", $"select type from mt_events where type = 'employee_hired' and data->>'employeeId' = '{journey.EmployeeId}'"));
        var profile = await Platform.Read<string>("NeedsAssessment", $"""
            select type from mt_events where stream_id = (select stream_id from mt_events where type = 'profile_opened' and data->>'employeeId' = '{journey.EmployeeId}') order by version
            """);
        Assert.Equal("profile_opened", profile[0]);
        Assert.True(IndexOf("ratings_recorded") < IndexOf("level_changed"), string.Join(", ", profile));

        using var doors = Platform.Doors();
        var card = await doors.Get("NeedsAssessment", $"/employees/{journey.EmployeeId}/competencies", Ct);
        var line = card.GetProperty("competencies").EnumerateArray().Single(one => one.GetProperty("competencyCode").GetString() == journey.CompetencyCode);
        var ratings = line.GetProperty("ratings").EnumerateArray().ToList();
        Assert.Equal(journey.RunId.ToString(), ratings[^1].GetProperty("cycle").GetString());
        Assert.Equal("Test", ratings[^1].GetProperty("source").GetString());
        Assert.True(line.GetProperty("assessed").GetInt32() > ratings[0].GetProperty("level").GetInt32());

        var run = await doors.Get("Scheduling", $"/runs/{journey.RunId}", Ct);
        var seat = run.GetProperty("learners").EnumerateArray().Single(one => one.GetProperty("employeeId").GetGuid() == journey.EmployeeId);
        Assert.Equal("Held", run.GetProperty("run").GetProperty("state").GetString());
        Assert.Equal(run.GetProperty("sessions").GetInt32() * run.GetProperty("minutes").GetInt32(), seat.GetProperty("attendedMinutes").GetInt32());

        int IndexOf(string type) => profile.ToList().IndexOf(type);
    }

    /// <summary>F12: what the run costs by itself and for everyone who came; the rest of what was reserved is free again.</summary>
    [Fact]
    public async Task What_was_reserved_is_spent_or_free_again()
    {
        var journey = await Find();
        using var doors = Platform.Doors();
        var run = await doors.Get("Scheduling", $"/runs/{journey.RunId}", Ct);
        var course = Group.Load(SmallQuarter.Estates).Courses.Single(one => one.Code == run.GetProperty("run").GetProperty("courseCode").GetString());
        var present = run.GetProperty("learners").EnumerateArray().Count(one => one.GetProperty("attendedMinutes").GetInt32() > 0);

        var funding = await doors.Get("Budgeting", $"/runs/{journey.RunId}/funding", Ct);
        Assert.True(funding.GetProperty("granted").GetBoolean());
        Assert.Equal(course.CostPerRun + course.CostPerHead * present, funding.GetProperty("actual").GetDecimal());
        Assert.Equal((0m, 0m), (funding.GetProperty("reserved").GetDecimal(), funding.GetProperty("committed").GetDecimal()));

        var amounts = await Platform.Read<decimal>("Budgeting", $"""
            select coalesce(sum(case type when 'funds_reserved' then 1 else -1 end * (data->'amount'->>'amount')::numeric), 0)
            from mt_events where data->>'runId' = '{journey.RunId}' and type in ('funds_reserved', 'run_actual_posted', 'funds_released')
            """);
        Assert.Equal([0m], amounts);
    }

    [Fact]
    public async Task Every_business_action_is_one_trace_through_all_services()
    {
        var journey = await Find();
        var line = (await Platform.Read<string>("Scheduling", $"select data->'offer'->>'lineId' from mt_events where type = 'run_planned' and data->>'runId' = '{journey.RunId}'"))[0];

        var last = (await Platform.Read<string>("Scheduling", $"select data->>'sessionId' from mt_events where type = 'session_held' and data->>'runId' = '{journey.RunId}' and data->>'lastOfRun' = 'true'"))[0];

        await OneTrace(
            ("Workforce", $"type = 'employee_hired' and data->>'employeeId' = '{journey.EmployeeId}'"),
            ("NeedsAssessment", $"type = 'profile_opened' and data->>'employeeId' = '{journey.EmployeeId}'"));
        await OneTrace(
            ("NeedsAssessment", $"type = 'plan_line_frozen' and data->'line'->>'lineId' = '{line}'"),
            ("Scheduling", $"type = 'run_planned' and data->>'runId' = '{journey.RunId}'"),
            ("Budgeting", $"type = 'run_funded' and data->>'runId' = '{journey.RunId}'"),
            ("Scheduling", $"type = 'run_funded' and data->>'runId' = '{journey.RunId}'"));
        await OneTrace(
            ("Scheduling", $"type = 'run_confirmed' and data->>'runId' = '{journey.RunId}'"),
            ("Budgeting", $"type = 'funds_committed' and data->>'runId' = '{journey.RunId}'"));
        await OneTrace(
            ("Scheduling", $"type = 'session_held' and data->>'sessionId' = '{last}'"),
            ("Budgeting", $"type = 'run_actual_posted' and data->>'sessionId' = '{last}'"),
            ("Evaluation", $"type = 'evaluation_opened' and data->>'runId' = '{journey.RunId}'"));
        await OneTrace(
            ("Evaluation", $"type = 'learning_proven' and data->>'runId' = '{journey.RunId}'"),
            ("NeedsAssessment", $"type = 'level_changed' and data->>'runId' = '{journey.RunId}' and data->>'employeeId' = '{journey.EmployeeId}'"));
    }

    async Task OneTrace(params (string Service, string Where)[] facts)
    {
        HashSet<string> traces = [];
        foreach (var (service, where) in facts)
        {
            var found = await Platform.Read<string>(service, $"select distinct split_part(headers->>'traceparent', '-', 2) from mt_events where {where}");
            Assert.True(found.Count > 0, $"{service} has no fact where {where}");
            traces.UnionWith(found);
        }
        Assert.True(traces.Count == 1, $"{string.Join(", ", facts.Select(fact => fact.Where))}: {string.Join(", ", traces)}");
        Assert.Matches("^[0-9a-f]{32}$", traces.Single());
    }
}
