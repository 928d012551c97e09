using Training.Foundation;

namespace Training.NeedsAssessment;

public readonly record struct EmployeeId(Guid Value) : IId<EmployeeId> { public static EmployeeId From(Guid value) => new(value); }
public readonly record struct EstateId(Guid Value) : IId<EstateId> { public static EstateId From(Guid value) => new(value); }
public readonly record struct CourseId(Guid Value) : IId<CourseId> { public static CourseId From(Guid value) => new(value); }
public readonly record struct NeedId(Guid Value) : IId<NeedId> { public static NeedId From(Guid value) => new(value); }
public readonly record struct PlanId(Guid Value) : IId<PlanId> { public static PlanId From(Guid value) => new(value); }
public readonly record struct RequestId(Guid Value) : IId<RequestId> { public static RequestId From(Guid value) => new(value); }
public readonly record struct WaveId(Guid Value) : IId<WaveId> { public static WaveId From(Guid value) => new(value); }
