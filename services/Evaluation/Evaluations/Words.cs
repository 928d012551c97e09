namespace Training.Evaluation.Evaluations;

static class Words
{
    const int Most = 10;

    /// <summary>The first ten ids and how many more there are.</summary>
    internal static string InWords(this IEnumerable<EmployeeId> people)
    {
        EmployeeId[] all = [.. people.Distinct()];
        var named = string.Join(", ", all.Take(Most).Select(person => person.Value));
        return all.Length > Most ? $"{named} and {all.Length - Most} more" : named;
    }
}
