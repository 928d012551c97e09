namespace Training.NeedsAssessment.Surveys;

public static class SampleSize
{
    /// <summary>F1 with p = 0.5: answers needed from <paramref name="households"/>, with the finite-population correction, rounded up.</summary>
    public static int Of(int households, decimal error, decimal z)
    {
        if (households <= 0) return 0;
        var infinite = z * z * 0.25m / (error * error);
        return (int)Math.Ceiling(infinite / (1 + (infinite - 1) / households));
    }
}
