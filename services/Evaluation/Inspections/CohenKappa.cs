namespace Training.Evaluation.Inspections;

public static class CohenKappa
{
    /// <summary>
    /// Cohen's κ (F11): agreement of two raters beyond chance, 1 perfect, 0 chance. 0.61 is substantial, 0.81 almost perfect (Landis and Koch).
    /// Raters who both gave one and the same category throughout agree perfectly.
    /// </summary>
    public static double Of<T>(IReadOnlyCollection<(T Left, T Right)> ratings) where T : notnull
    {
        double n = ratings.Count;
        if (n == 0) return 0;
        var left = ratings.CountBy(pair => pair.Left).ToDictionary();
        var right = ratings.CountBy(pair => pair.Right).ToDictionary();
        var observed = ratings.Count(pair => pair.Left.Equals(pair.Right)) / n;
        var chance = left.Sum(category => category.Value / n * (right.GetValueOrDefault(category.Key) / n));
        return chance >= 1 ? 1 : (observed - chance) / (1 - chance);
    }
}
