using System.Globalization;
using Training.Scheduling.Situations;

namespace Training.Scheduling.Proposals;

/// <summary>Section <c>Scheduling:Planner</c>.</summary>
public sealed record PlannerSettings
{
    /// <summary>How long a search takes unless told, and at most.</summary>
    public int Seconds { get; init; } = 60;
    public int MostSeconds { get; init; } = 900;

    /// <summary>How long, after the search, reasons are looked for why runs are left out.</summary>
    public int ExplainSeconds { get; init; } = 10;

    /// <summary>Processors a search may use, and how far it stands back behind everything else (0–19).</summary>
    public int Threads { get; init; } = 1;
    public int Nice { get; init; } = 10;

    /// <summary>The difference in cost that matters while searching.</summary>
    public int Grain { get; init; } = 20;

    /// <summary>What it costs that a learner is not seated: so much, and at most as much again for the most urgent need of the plan.</summary>
    public int Worth { get; init; } = 1_000;

    /// <summary>Fee of an hour of class by the trainer's grade; a grade not listed costs nothing.</summary>
    public Dictionary<string, int> Fees { get; init; } = new() { ["I1"] = 80, ["I2"] = 120, ["I3"] = 180, ["OJT"] = 20, ["X1"] = 700, ["X2"] = 1_350, ["X3"] = 2_100 };

    /// <summary>An hour in a room that doesn't stand on an own estate.</summary>
    public int RoomPerHour { get; init; } = 50;

    /// <summary>Licence by the code of the course that prepares for it or renews it: whose licence runs out needs a seat before.</summary>
    public Dictionary<string, string> Licences { get; init; } = [];

    public PriceList Prices { get; init; } = new();

    /// <summary>Prices of a moved session for which re-planning says what they would buy, as multiples of <see cref="PriceList.MovedSession"/>.</summary>
    public string Frontier { get; init; } = "10, 3, 0.3";

    internal IEnumerable<int> FrontierPrices => Frontier.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Select(factor => Math.Max(1, (int)(decimal.Parse(factor, CultureInfo.InvariantCulture) * Prices.MovedSession)));

    internal static PlannerSettings Of(IConfiguration configuration) => configuration.GetSection("Scheduling:Planner").Get<PlannerSettings>() ?? new();
}
