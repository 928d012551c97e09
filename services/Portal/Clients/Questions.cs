namespace Training.Portal.Clients;

/// <summary>What takes more than one request.</summary>
static class Questions
{
    /// <summary>Results of the newest survey wave that is closed.</summary>
    public static async Task<Answer<SurveyView>> Survey(this Backend backend)
    {
        var waves = await backend.Get<Listing<WaveView>>("NeedsAssessment", "/survey-waves?take=1000");
        return waves.Value?.Items.LastOrDefault(wave => wave.Closed) is { } closed
            ? await backend.Get<SurveyView>("NeedsAssessment", $"/survey-waves/{closed.Id}/results")
            : new(null, waves.Reply);
    }

    /// <summary>The day of the next session to come, otherwise of the first of all, otherwise today; on the session's clock.</summary>
    public static async Task<DateOnly> NextSessionDay(this Backend backend, TimeProvider clock)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        foreach (var window in new[] { $"&from={Words.Day(today)}T00:00:00Z", "" })
            if ((await backend.Get<Listing<SessionView>>("Scheduling", $"/sessions?take=1{window}")).Value?.Items is [var next, ..])
                return DateOnly.FromDateTime(Words.Local(next.StartsAt, next.TimeZone).DateTime);
        return today;
    }

    /// <summary>A budget year in numbers; the one to show when none is given.</summary>
    public static async Task<Answer<MoneyView>> Money(this Backend backend, int? year, TimeProvider clock) =>
        await backend.Get<MoneyView>("Budgeting", $"/summary?year={year ?? (await BudgetYears.Ask(backend, clock)).Shown}");
}
