using Training.Foundation;

namespace Training.Evaluation;

public readonly record struct RunId(Guid Value) : IId<RunId> { public static RunId From(Guid value) => new(value); }
public readonly record struct CourseId(Guid Value) : IId<CourseId> { public static CourseId From(Guid value) => new(value); }
public readonly record struct EmployeeId(Guid Value) : IId<EmployeeId> { public static EmployeeId From(Guid value) => new(value); }
public readonly record struct EstateId(Guid Value) : IId<EstateId> { public static EstateId From(Guid value) => new(value); }
public readonly record struct InspectionId(Guid Value) : IId<InspectionId> { public static InspectionId From(Guid value) => new(value); }
public readonly record struct FindingId(Guid Value) : IId<FindingId> { public static FindingId From(Guid value) => new(value); }
public readonly record struct NeedId(Guid Value) : IId<NeedId> { public static NeedId From(Guid value) => new(value); }
