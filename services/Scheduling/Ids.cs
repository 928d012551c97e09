using Training.Foundation;

namespace Training.Scheduling;

public readonly record struct RunId(Guid Value) : IId<RunId> { public static RunId From(Guid value) => new(value); }
public readonly record struct SessionId(Guid Value) : IId<SessionId> { public static SessionId From(Guid value) => new(value); }
public readonly record struct PlanId(Guid Value) : IId<PlanId> { public static PlanId From(Guid value) => new(value); }
public readonly record struct LineId(Guid Value) : IId<LineId> { public static LineId From(Guid value) => new(value); }
public readonly record struct NeedId(Guid Value) : IId<NeedId> { public static NeedId From(Guid value) => new(value); }
public readonly record struct CourseId(Guid Value) : IId<CourseId> { public static CourseId From(Guid value) => new(value); }
public readonly record struct EmployeeId(Guid Value) : IId<EmployeeId> { public static EmployeeId From(Guid value) => new(value); }
public readonly record struct EstateId(Guid Value) : IId<EstateId> { public static EstateId From(Guid value) => new(value); }
public readonly record struct TrainerId(Guid Value) : IId<TrainerId> { public static TrainerId From(Guid value) => new(value); }
public readonly record struct VenueId(Guid Value) : IId<VenueId> { public static VenueId From(Guid value) => new(value); }
