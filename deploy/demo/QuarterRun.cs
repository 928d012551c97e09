namespace Training.Demo;

/// <summary>Loads the reference group and drives one quarter of the loop through the platform's public doors.</summary>
public static class QuarterRun
{
    /// <summary>Answers what the platform says at the end, each beside what it should be.</summary>
    public static async Task<IReadOnlyList<Answer>> Drive(DemoOptions options, TimeProvider clock, Action<string> say, CancellationToken ct)
    {
        var group = Group.Load(options.Estates);
        using var platform = new Platform(options.Services, options.Tokens, group.Code, clock);
        var quarter = Quarter.After(clock.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(group.TimeZone));
        var stage = new Stage(group, quarter, platform, new HrFeed(options.Broker, group.Code, clock), say, ct);

        stage.Say($"{stage.Group.Managed.Count()} estates, {stage.People.All.Count:N0} employees, quarter {quarter.Label}");
        await SetStandards.Publish(stage);
        await OpenGroup.Run(stage);
        await OpenGroup.Rosters(stage);
        await OfferCourses.Run(stage);
        await PlanMoney.Run(stage);
        await Inspect.Run(stage);
        await AskOwners.Run(stage);
        await SetStandards.Assess(stage);
        await ReadAnswers.Before(stage);
        await MakePlan.Run(stage);
        if (options.PlannerSeconds > 0) await HoldSessions.Plan(stage, options.PlannerSeconds);
        else await HoldSessions.Schedule(stage);
        await HoldSessions.Hold(stage);
        await ProveLearning.Run(stage);
        await ReadAnswers.After(stage);
        await LookAhead.Run(stage);
        return stage.Answers;
    }
}
