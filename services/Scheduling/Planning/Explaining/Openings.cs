namespace Training.Scheduling.Planning.Explaining;

/// <summary>What bars the possible times of a residual's activities, one thing at a time.</summary>
sealed class Openings(Residual residual, CompiledProblem p)
{
    readonly Draft empty = new(p);
    readonly Dictionary<(int Activity, int Slot), bool> open = [];

    public bool IsOpen(int activity, int slot) =>
        open.TryGetValue((activity, slot), out var known) ? known : open[(activity, slot)] = NothingBars(activity, slot);

    bool NothingBars(int activity, int slot) =>
        !Clashes(activity, slot) && !IsDisordered(activity, slot) && !Missing(activity, slot).Any()
        && Enumerable.Range(0, p.NeedCount[activity]).All(need => Free(activity, need, slot).Any());

    public bool Clashes(int activity, int slot) => residual.Clashes[residual.Problem.Activities[activity].Id].Contains(slot);

    public bool IsDisordered(int activity, int slot) => residual.Disorders[residual.Problem.Activities[activity].Id].Contains(slot);

    public IEnumerable<int> Free(int activity, int need, int slot)
    {
        var line = (activity * p.Needs) + need;
        return p.Candidates[line].Where(resource => empty.CanServe(line, resource, slot, p.Duration[activity]));
    }

    /// <summary>Where a meeting would draw more than there is.</summary>
    public IEnumerable<(string Profile, int Slot, int Needed, int Have)> Missing(int activity, int slot)
    {
        Dictionary<(int Profile, int Slot), int> needed = [];
        foreach (var (profile, at, amount) in p.DrawnBy(activity, slot)) needed[(profile, at)] = needed.GetValueOrDefault((profile, at)) + amount;
        return needed.Select(use => (residual.Problem.Profiles[use.Key.Profile].Id, use.Key.Slot, Needed: use.Value, Have: p.Free[(use.Key.Profile * p.Slots) + use.Key.Slot]))
            .Where(use => use.Needed > use.Have);
    }
}
