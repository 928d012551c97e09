namespace Training.NeedsAssessment.Profiles;

/// <summary>How much each source counts; set under <c>RatingWeights</c> in the configuration.</summary>
public sealed record RatingWeights
{
    public decimal Observation { get; init; } = 0.4m;
    public decimal Manager { get; init; } = 0.4m;
    public decimal Test { get; init; } = 0.4m;
    public decimal Self { get; init; } = 0.2m;

    public decimal Of(RatingSource source) => source switch
    {
        RatingSource.Observation => Observation,
        RatingSource.Manager => Manager,
        RatingSource.Test => Test,
        _ => Self,
    };

    /// <summary>Weighted median of the ratings of one cycle; of two middle levels the lower, so that nobody is held to know more than was shown.</summary>
    public int Median(IReadOnlyCollection<Rating> ratings)
    {
        var half = ratings.Sum(rating => Of(rating.Source)) / 2;
        var reached = 0m;
        foreach (var rating in ratings.OrderBy(rating => rating.Level))
            if ((reached += Of(rating.Source)) >= half) return rating.Level;
        return 0;
    }
}
