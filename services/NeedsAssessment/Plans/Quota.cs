namespace Training.NeedsAssessment.Plans;

public static class Quota
{
    /// <summary>Largest remainder; nobody gets more places than heads.</summary>
    public static IEnumerable<(string Region, int Places)> Divide(int places, IReadOnlyCollection<(string Region, int Heads)> candidates)
    {
        var heads = candidates.Sum(candidate => candidate.Heads);
        if (places >= heads) return candidates;

        var shares = candidates.Select(candidate => (candidate.Region, Share: (decimal)places * candidate.Heads / heads)).ToList();
        var left = places - shares.Sum(share => (int)share.Share);
        return shares.OrderByDescending(share => share.Share - (int)share.Share).ThenBy(share => share.Region, StringComparer.Ordinal)
            .Select((share, rank) => (share.Region, (int)share.Share + (rank < left ? 1 : 0)));
    }
}
