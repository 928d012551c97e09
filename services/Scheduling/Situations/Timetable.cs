using System.Collections.Immutable;

namespace Training.Scheduling.Situations;

/// <summary>Where the runs of a situation are held and who attends, and why the others are not.</summary>
public sealed record Timetable(ImmutableArray<PlannedRun> Runs, ImmutableArray<Unplaced> Unplaced);

/// <summary>A run with all its classes, in order of time, and everyone who gets a seat.</summary>
public sealed record PlannedRun(Guid Run, ImmutableArray<Class> Classes, ImmutableArray<Guid> Learners);

public sealed record Unplaced(Guid Run, string Reason);
