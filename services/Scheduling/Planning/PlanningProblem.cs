using System.Collections.Immutable;

namespace Training.Scheduling.Planning;

/// <summary>Everything a planner must know: what is to be held, when and with what it can be held, and what is forbidden or priced.</summary>
public sealed record PlanningProblem(Horizon Horizon)
{
    public ImmutableArray<Activity> Activities { get; init; } = [];
    public ImmutableArray<Resource> Resources { get; init; } = [];
    public ImmutableArray<Group> Groups { get; init; } = [];
    public ImmutableArray<CapacityProfile> Profiles { get; init; } = [];
    public ImmutableArray<Precedence> Precedences { get; init; } = [];
    public ImmutableArray<Rule> Rules { get; init; } = [];

    /// <summary>Placements that stay as they are: started, frozen or agreed.</summary>
    public ImmutableArray<Placement> Locked { get; init; } = [];

    /// <summary>
    /// Placements people already know, which may move at the price of <see cref="RuleKind.Moved"/>. A search starts from them. One whose activity is gone says
    /// nothing; one whose resource is gone has moved whatever happens.
    /// </summary>
    public ImmutableArray<Placement> Published { get; init; } = [];
}

/// <summary>Days of equally many slots; slots are numbered through, day after day.</summary>
public sealed record Horizon(int Days, int SlotsPerDay)
{
    public int Slots => Days * SlotsPerDay;
    public int DayOf(int slot) => slot / SlotsPerDay;
}

/// <summary>Something held in one or several meetings of equal length, such as a course run and its sessions.</summary>
public sealed record Activity(string Id)
{
    public int Meetings { get; init; } = 1;

    /// <summary>Length of a meeting in slots; a meeting never runs over the end of a day.</summary>
    public int Duration { get; init; } = 1;

    /// <summary>People who need a seat.</summary>
    public int Attendance { get; init; }

    /// <summary>Over how many days the meetings should be spread.</summary>
    public int MinDays { get; init; }

    /// <summary>What each meeting needs one resource of, such as a venue and a trainer.</summary>
    public ImmutableArray<Need> Needs { get; init; } = [];

    /// <summary>Slots a meeting may cover; default: all of them.</summary>
    public ImmutableArray<int> Available { get; init; }

    /// <summary>Slots a meeting may start in; default: every one from which it covers available slots only.</summary>
    public ImmutableArray<int> Starts { get; init; }

    /// <summary>Price of starting in each slot; default: no slot has a price.</summary>
    public ImmutableArray<int> SlotPrices { get; init; }

    /// <summary>What a meeting takes from capacity profiles for as long as it lasts.</summary>
    public ImmutableArray<Draw> Draws { get; init; } = [];

    /// <summary>Slots of the same day before and after a meeting in which it draws too, such as the way there and back.</summary>
    public int Margin { get; init; }

    /// <summary>How much one meeting left out weighs, in units of the rule <see cref="RuleKind.LeftOut"/>.</summary>
    public int Priority { get; init; } = 1;

    /// <summary>Whose people attend, for <see cref="RuleKind.Uneven"/>.</summary>
    public ImmutableArray<Share> Shares { get; init; } = [];
}

/// <summary>One resource of a kind, with all of the features.</summary>
public sealed record Need(string Kind)
{
    public ImmutableArray<string> Features { get; init; } = [];

    /// <summary>What a meeting pays for a resource on top of that resource's own price, by resource; 0 where nothing is said.</summary>
    public ImmutableSortedDictionary<string, int> Prices { get; init; } = ImmutableSortedDictionary<string, int>.Empty;

    public bool IsMetBy(Resource resource) =>
        Kind == resource.Kind && (Features.IsEmpty || Features.All(feature => resource.Features.Contains(feature)));

    /// <summary>By which slot a meeting must have ended, because one of the features lapses.</summary>
    public int EndOf(Resource resource) => resource.Until.IsEmpty ? int.MaxValue : Features.Select(feature => resource.Until.GetValueOrDefault(feature, int.MaxValue)).DefaultIfEmpty(int.MaxValue).Min();
}

/// <summary>A venue, a trainer, a set of equipment: serves one meeting at a time.</summary>
public sealed record Resource(string Id, string Kind)
{
    public int Seats { get; init; } = int.MaxValue;
    public ImmutableArray<string> Features { get; init; } = [];
    public ImmutableArray<int> Unavailable { get; init; } = [];

    /// <summary>First slot without the feature, for those that lapse, such as an authorisation.</summary>
    public ImmutableSortedDictionary<string, int> Until { get; init; } = ImmutableSortedDictionary<string, int>.Empty;

    /// <summary>Slots it may serve in the whole horizon, such as a trainer's hours.</summary>
    public int MostSlots { get; init; } = int.MaxValue;

    /// <summary>Price of one meeting.</summary>
    public int Price { get; init; }

    /// <summary>Slots it can't serve after each meeting, such as the way to the next.</summary>
    public int Pause { get; init; }
}

/// <summary>People who can attend one of these activities at a time: a cohort, a learner, the meetings of one fixed trainer.</summary>
public sealed record Group(string Id, string Kind, ImmutableArray<string> Activities);

/// <summary>Units free in each slot, such as the guards of a post above its minimum manning.</summary>
public sealed record CapacityProfile(string Id, ImmutableArray<int> Free);

/// <summary>A meeting takes an amount from a profile, in those of its slots that lie in the window.</summary>
public readonly record struct Draw(string Profile, int Amount)
{
    /// <summary>First slot of the window.</summary>
    public int From { get; init; }

    /// <summary>Slot after the last one of the window.</summary>
    public int To { get; init; } = int.MaxValue;
}

/// <summary>So many people of a party, such as an estate.</summary>
public readonly record struct Share(string Party, int People);

/// <summary>All meetings of one activity end before any meeting of the other starts.</summary>
public sealed record Precedence(string Before, string After);

/// <summary>Where one meeting is: its first slot and one resource for each need, in the order of the needs.</summary>
public sealed record Placement(string Activity, int Meeting, int Slot, ImmutableArray<string> Resources);
