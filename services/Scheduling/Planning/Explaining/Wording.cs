namespace Training.Scheduling.Planning.Explaining;

/// <summary>Reasons and relaxations in English, one sentence each.</summary>
/// <param name="Name">What people call a resource, kind, feature, profile or activity.</param>
/// <param name="When">What people call the start of a slot.</param>
/// <param name="SlotMinutes">Length of a slot.</param>
public sealed record Wording(Func<string, string> Name, Func<int, string> When, int SlotMinutes)
{
    public string Of(Reason reason) => reason.Code switch
    {
        ReasonCode.NoResource => $"None of the {reason.Of} resources of kind {Name(reason.About)} has {Names(reason.Features)}.",
        ReasonCode.TooLarge => $"{reason.Needed} people attend, and the largest {Name(reason.About)} of {reason.Of} that fit seats {reason.Have}.",
        ReasonCode.NoStart => $"A meeting takes {Hours(reason.Needed)}, and its window has {Hours(reason.Have)} in a row at most.",
        ReasonCode.NoneFree => $"{Here(reason)}none of the {reason.Needed} of kind {Name(reason.About)} that fit is free at any of its {reason.Of} possible times.",
        ReasonCode.Coverage => $"{Here(reason)}{Name(reason.About)} can spare {reason.Have} of the {reason.Needed} people it needs even at the best of its {reason.Of} possible times, {When(reason.Slot)}.",
        ReasonCode.People => $"{Here(reason)}those who attend are elsewhere at all of its {reason.Of} possible times.",
        ReasonCode.Order when reason.About.Length > 0 => $"It can't be held in order with {Name(reason.About)}: the first ends {When(reason.Needed)} at the earliest, the second starts {When(reason.Have)} at the latest.",
        ReasonCode.Order => $"{Here(reason)}what must come before or after it bars all of its {reason.Of} possible times.",
        ReasonCode.NoCommonPlace => $"{Here(reason)}all of its {reason.Of} possible times are barred: {string.Join(", ", reason.Barriers.Select(barrier => $"{barrier.Value} by {Name(barrier.Key)}"))}.",
        ReasonCode.TooFewPlaces => $"{Here(reason)}only {reason.Have} of its {reason.Needed} meetings find a place together.",
        ReasonCode.CoverageOverbooked when !reason.PerSlot =>
            $"Coverage of {Name(reason.About)} leaves {reason.Have} seats for {reason.Needed} people of {reason.Of} activities before {When(reason.Slot + 1)}.",
        ReasonCode.CoverageOverbooked => $"{Name(reason.About)} can spare {Hours(reason.Have)} of people's time before {When(reason.Slot + 1)}, and {reason.Of} activities need {Hours(reason.Needed)}.",
        ReasonCode.ResourcesOverbooked => $"Those of kind {Name(reason.About)} that fit are free for {Hours(reason.Have)} before {When(reason.Slot + 1)}, and {reason.Of} activities need {Hours(reason.Needed)}.",
        ReasonCode.HoursOverbooked => $"Those of kind {Name(reason.About)} that fit may serve {Hours(reason.Have)} in all, and {reason.Of} activities need {Hours(reason.Needed)}.",
        ReasonCode.Fits => "It has a place; leaving it out was cheaper, or the search ended before it got there.",
        _ => throw new NotSupportedException($"No words for {reason.Code}."),
    };

    public string Of(Relaxation relaxation) => relaxation.Code switch
    {
        RelaxationCode.Authorise => $"{Name(relaxation.About)} gets {Names(relaxation.Features)}.",
        RelaxationCode.OneMore => $"One more {Name(relaxation.About)} for {relaxation.Amount} people.",
        RelaxationCode.Longer => $"{relaxation.Amount / 7} weeks longer.",
        RelaxationCode.Backfill => $"{relaxation.Amount} more people at {Name(relaxation.About)} while it lasts.",
        RelaxationCode.Split => "Two groups, each half as large.",
        _ => throw new NotSupportedException($"No words for {relaxation.Code}."),
    };

    static string Here(Reason reason) => reason.InThisPlan ? "In this plan, " : "In any plan, ";

    string Names(IEnumerable<string> features) => string.Join(" and ", features.Select(Name));

    string Hours(int slots) => $"{slots * SlotMinutes / 60m:0.#} hours";
}
