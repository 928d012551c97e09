using System.Collections.Immutable;

namespace Training.Scheduling.Planning.Explaining;

/// <summary>Why an activity isn't held.</summary>
public enum ReasonCode
{
    /// <summary>No resource of the kind has all features.</summary>
    NoResource,

    /// <summary>More people than any fitting resource seats.</summary>
    TooLarge,

    /// <summary>Its window has no room for a meeting.</summary>
    NoStart,

    /// <summary>Fitting resources exist, and none is free at any possible time.</summary>
    NoneFree,

    /// <summary>A capacity profile can't spare what a meeting draws at any possible time.</summary>
    Coverage,

    /// <summary>Those who attend are elsewhere at every possible time.</summary>
    People,

    /// <summary>What must come before it, or after it, leaves no time; needed is the earliest end of the first, have the latest start of the second.</summary>
    Order,

    /// <summary>Every possible time is barred, some by one thing and some by another.</summary>
    NoCommonPlace,

    /// <summary>Some of its meetings find a place together, but not all.</summary>
    TooFewPlaces,

    /// <summary>It and others need more from a capacity profile than it can spare in their windows: a minimum cut.</summary>
    CoverageOverbooked,

    /// <summary>It and others need the fitting resources longer than they are free in their windows: a minimum cut.</summary>
    ResourcesOverbooked,

    /// <summary>It and others need the fitting resources longer than these may serve in all: a minimum cut.</summary>
    HoursOverbooked,

    /// <summary>It has a place: leaving it out was cheaper, or the search didn't get there.</summary>
    Fits,

    /// <summary>No place was found, and nothing that rules one out is certain.</summary>
    Unproved,
}

/// <summary>Why an activity isn't held, with the numbers that bind: proved by trying all possible times, by a complete search or by a cut, but for the last two codes.</summary>
/// <param name="Code">The kind of reason.</param>
public sealed record Reason(ReasonCode Code)
{
    /// <summary>The resource kind, capacity profile or activity that binds.</summary>
    public string About { get; init; } = "";

    /// <summary>Features no resource has.</summary>
    public ImmutableArray<string> Features { get; init; } = [];

    /// <summary>What is needed and what there is: people, seats, slots or meetings, by the code; of a cut the unit is <see cref="PerSlot"/>.</summary>
    public int Needed { get; init; }
    public int Have { get; init; }

    /// <summary>How many resources, possible times or activities that was counted over.</summary>
    public int Of { get; init; }

    /// <summary>The slot that binds: the best possible time, or of a cut the last one; −1: none. Of an order without one, no two numbers bind.</summary>
    public int Slot { get; init; } = -1;

    /// <summary>A cut counted in units × slots, because its activities are of different length; otherwise in units.</summary>
    public bool PerSlot { get; init; }

    /// <summary>The activities of a cut.</summary>
    public ImmutableArray<string> Activities { get; init; } = [];

    /// <summary>How many of the possible times each thing bars; a time may be barred by several.</summary>
    public ImmutableSortedDictionary<string, int> Barriers { get; init; } = ImmutableSortedDictionary<string, int>.Empty;

    /// <summary>True only of the plan that was asked about; otherwise of every plan.</summary>
    public bool InThisPlan { get; init; }
}

/// <summary>What would make room.</summary>
public enum RelaxationCode
{
    /// <summary>Nothing: it has its place already.</summary>
    None,

    /// <summary>An existing resource gets the features it lacks, such as a trainer authorised for a course.</summary>
    Authorise,

    /// <summary>One more resource with the features, free when the witness needs it, such as a hired venue or an external trainer; the amount is seats for everybody.</summary>
    OneMore,

    /// <summary>More people on posts while the meetings last; the amount is heads at once.</summary>
    Backfill,

    /// <summary>Another activity is held at another time or with other resources; the amount is its meetings.</summary>
    Move,
}

/// <summary>A change that lets the activity be held, proved by holding it.</summary>
/// <param name="Code">What is changed.</param>
/// <param name="About">The resource, resource kind, profile or activity that changes.</param>
/// <param name="Amount">How much: seats, heads or meetings, by the code.</param>
/// <param name="Price">What it costs by the price list.</param>
/// <param name="Witness">Where the activity is held then, everything else being as it was.</param>
public sealed record Relaxation(RelaxationCode Code, string About, int Amount, int Price, ImmutableArray<Placement> Witness)
{
    /// <summary>Features given to a resource, or that one more has.</summary>
    public ImmutableArray<string> Features { get; init; } = [];

    /// <summary>Heads more at once by profile.</summary>
    public ImmutableSortedDictionary<string, int> Heads { get; init; } = ImmutableSortedDictionary<string, int>.Empty;

    /// <summary>Where the other activity is held in the plan; where it goes is in the witness.</summary>
    public ImmutableArray<Placement> Moved { get; init; } = [];
}

/// <summary>What relaxations cost, to tell which are cheapest: whole units of one currency.</summary>
/// <param name="Authorise">Authorising or equipping a resource.</param>
/// <param name="OneMore">One more resource, each meeting.</param>
/// <param name="BackfillPerSlot">One head for one slot.</param>
/// <param name="Move">Each meeting that is published where it was; others move for nothing.</param>
public sealed record RelaxationPrices(int Authorise = 1_200, int OneMore = 2_000, int BackfillPerSlot = 20, int Move = 2_000);

/// <summary>What of it can really be done, where a problem doesn't say everything.</summary>
public sealed record RelaxationLimits
{
    /// <summary>Whether a resource can be given a feature, such as an authorisation; where it stands, for one, can't.</summary>
    public Func<string, bool> CanBeGiven { get; init; } = _ => true;

    /// <summary>Whether what was held with a change, or with none, stands outside of the problem too.</summary>
    public Func<Relaxation, bool> Stands { get; init; } = _ => true;
}

/// <summary>Why an activity isn't held, and the cheapest changes that would let it be.</summary>
public sealed record Explanation(string Activity, Reason Reason, ImmutableArray<Relaxation> Relaxations);
