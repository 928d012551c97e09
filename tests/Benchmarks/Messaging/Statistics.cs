namespace Training.Benchmarks.Messaging;

/// <summary>Medians, percentiles and ratios of measurements.</summary>
static class Statistics
{
    public static double Median(IReadOnlyCollection<double> values) => Percentile(values, 0.5);

    /// <summary>By linear interpolation between the closest ranks (Hyndman and Fan 1996, type 7, as in R and NumPy); NaN of nothing.</summary>
    public static double Percentile(IReadOnlyCollection<double> values, double share)
    {
        if (values.Count == 0) return double.NaN;
        var sorted = values.Order().ToArray();
        var at = share * (sorted.Length - 1);
        var below = (int)at;
        return below + 1 == sorted.Length ? sorted[below] : sorted[below] + ((at - below) * (sorted[below + 1] - sorted[below]));
    }
}

/// <summary>The median of the ratios of each round, with the smallest and the largest.</summary>
sealed record Ratio(double Median, double Min, double Max)
{
    public static Ratio Of(IReadOnlyList<double> upper, IReadOnlyList<double> lower)
    {
        var ratios = upper.Zip(lower, (above, below) => above / below).ToArray();
        return ratios.Length == 0 ? new(double.NaN, double.NaN, double.NaN) : new(Statistics.Median(ratios), ratios.Min(), ratios.Max());
    }

    public override string ToString() => double.IsNaN(Median) ? "-" : FormattableString.Invariant($"{Median:0.00} [{Min:0.00}-{Max:0.00}]");
}
