using System.Collections.Immutable;

namespace Training.Scheduling.Planning;

/// <summary>Hard: no plan may break it. Soft: breaking it costs its weight.</summary>
public enum Severity { Hard, Soft }

/// <summary>What a plan is judged by. The first five hold for every plan and need no rule; the others count where a rule lists them.</summary>
public enum RuleKind
{
    /// <summary>Two meetings of one activity or of one group at the same time; counted in pairs and by slot they share.</summary>
    GroupClash,

    /// <summary>A resource that serves more than one meeting, or is unavailable; counted per slot and meeting too many.</summary>
    ResourceClash,

    /// <summary>Slots a resource serves beyond what it may in the whole horizon.</summary>
    Hours,

    /// <summary>A capacity profile overdrawn; counted per slot and unit.</summary>
    Coverage,

    /// <summary>A meeting that starts before one that must precede it has ended; counted in pairs.</summary>
    Order,

    /// <summary>A meeting that isn't held; counted with the priority of its activity. Hard where no rule prices it.</summary>
    LeftOut,

    /// <summary>People without a seat. Hard: smaller resources are no candidates at all.</summary>
    Seats,

    /// <summary>Days missing to the spread an activity asks for.</summary>
    Spread,

    /// <summary>Resources used by an activity for one of its needs beyond the first.</summary>
    SameResource,

    /// <summary>A group's occupied slot with a free one, or the end of the day, on both sides.</summary>
    Isolated,

    /// <summary>Slots a group is occupied without a break beyond the limit.</summary>
    LongRow,

    /// <summary>A day on which a group is occupied in one slot only.</summary>
    LoneSlot,

    /// <summary>Free slots between the first and the last occupied one of a group's day.</summary>
    Gap,

    /// <summary>Prices of the slots chosen.</summary>
    SlotPrice,

    /// <summary>Prices of the resources chosen.</summary>
    ResourcePrice,

    /// <summary>
    /// People of a party who miss meetings, squared, by its people in all meetings; rounded down. It is least where each party goes without in proportion: a
    /// party whose people all miss everything costs as much as it has people in meetings, one that misses a tenth a hundredth of that.
    /// </summary>
    Uneven,

    /// <summary>A published meeting that isn't held when and with what it was published; counted per meeting, those no longer held included.</summary>
    Moved,
}

/// <summary>One rule as data.</summary>
/// <param name="Kind">What is counted.</param>
/// <param name="Severity">Forbidden or priced.</param>
/// <param name="Weight">Cost of one unit of a soft rule; at least 1.</param>
/// <param name="Limit">Where the kind has one: the longest row without cost.</param>
/// <param name="Scope">Group kind or resource kind the rule is about; empty: all kinds.</param>
public sealed record Rule(RuleKind Kind, Severity Severity, int Weight = 1, int Limit = 0, string Scope = "")
{
    /// <summary>What holds for every plan.</summary>
    public static readonly ImmutableArray<RuleKind> Always =
    [
        RuleKind.GroupClash, RuleKind.ResourceClash, RuleKind.Hours, RuleKind.Coverage, RuleKind.Order,
    ];

    public bool Covers(string kind) => Scope.Length == 0 || Scope == kind;
}
