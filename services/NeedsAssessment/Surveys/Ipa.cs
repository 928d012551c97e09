namespace Training.NeedsAssessment.Surveys;

public enum Quadrant { ConcentrateHere = 1, KeepUp, LowPriority, PossibleOverkill }

/// <param name="Code">The item.</param>
/// <param name="Gap">Diagonal gap: importance − performance.</param>
/// <param name="Quadrant">Where it lies around the crosshair.</param>
public record IpaItem(string Code, decimal Gap, Quadrant Quadrant);

/// <summary>Importance-performance analysis (F2): crosshair at the means of the item means. A mean on the crosshair counts as high.</summary>
public record Ipa(decimal Importance, decimal Performance, IReadOnlyList<IpaItem> Items)
{
    const decimal Lowest = 1, Highest = 10;

    public static Ipa Of(IReadOnlyCollection<ItemMean> means)
    {
        if (means.Count == 0) return new(0, 0, []);
        var (importance, performance) = (means.Average(item => item.Importance), means.Average(item => item.Performance));
        return new(importance, performance, [.. means.Select(item => new IpaItem(item.Code, item.Importance - item.Performance,
            (item.Importance >= importance, item.Performance >= performance) switch
            {
                (true, false) => Quadrant.ConcentrateHere,
                (true, true) => Quadrant.KeepUp,
                (false, false) => Quadrant.LowPriority,
                _ => Quadrant.PossibleOverkill,
            }))]);
    }

    /// <summary>F22 with equal weights, 0–100.</summary>
    public static decimal Index(IReadOnlyCollection<ItemMean> means) =>
        means.Count == 0 ? 0 : means.Average(item => (item.Performance - Lowest) / (Highest - Lowest)) * 100;
}

public static class Publishable
{
    const int Fewest = 5;
    const decimal LeastShare = 0.20m;

    /// <summary>F23: the reason not to publish, or empty.</summary>
    public static string Refusal(int responses, int invited) =>
        responses < Fewest ? $"Fewer than {Fewest} responses."
        : invited == 0 || (decimal)responses / invited < LeastShare ? $"Fewer than {LeastShare:0%} of those asked responded."
        : "";

    /// <summary>F23 by question, for a sheet may leave any out: what fewer answered than may be published is as if nobody had.</summary>
    public static SurveyMeans Shown(SurveyMeans means) => means with
    {
        Items = [.. means.Items.Where(item => item.N >= Fewest)],
        OverallAnswers = means.OverallAnswers < Fewest ? 0 : means.OverallAnswers,
        Overall = means.OverallAnswers < Fewest ? 0 : means.Overall,
        NpsAnswers = means.NpsAnswers < Fewest ? 0 : means.NpsAnswers,
        Nps = means.NpsAnswers < Fewest ? 0 : means.Nps,
    };
}
