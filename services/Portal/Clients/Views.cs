namespace Training.Portal.Clients;

// The fields the pages show, named as the services name them.

public sealed record EstateView(Guid Id, string Code, string Name, string Region, string LegalEntity, string Kind, int Households, string TimeZone);
public sealed record EmployeeView(Guid Id, string EmployeeNo, Guid EstateId, string PositionCode, string State);
public sealed record SourceView(string Source, DateTimeOffset LastEventAt, long Accepted, long Duplicates, long Quarantined);
public sealed record QuarantineView(Guid Id, string Source, string Type, string Code, string Reason, DateTimeOffset ReceivedAt, string State);

public sealed record GapSummaryView(int Heads, int RequiredCells, int OpenGaps, int ClosedGaps, decimal Attainment, decimal WeightedGap);
public sealed record NeedSummaryView(int Candidate, int Approved, int Planned, int Rejected, int HandedOver, int Closed);
public sealed record NeedView(
    Guid Id, string CompetencyCode, string PositionCode, string Region, string State, int Heads, decimal WeightedGap, decimal NormalisedGap,
    decimal Exposure, decimal Consequence, decimal Priority, IReadOnlyList<string>? ConcentrateHere, IReadOnlyList<Guid>? FindingIds, string Cause, string Owner);
public sealed record HeatCellView(string PositionCode, string CompetencyCode, Guid EstateId, string Region, int HeadsRequired, int HeadsBelow);
public sealed record PlanView(Guid Id, int Year, string Quarter, bool Frozen, int Version, int Places, int Lines);
public sealed record WaveView(Guid Id, string Code, bool Closed, int Invited, int Responses);
public sealed record SurveyItemView(string Code, string Text, string TextEnglish, int N, decimal Importance, decimal Performance, decimal Gap, string Quadrant);
public sealed record SurveyView(
    string Code, int Invited, int Responses, bool Suppressed, string SuppressedBecause, decimal? CrosshairImportance, decimal? CrosshairPerformance,
    decimal? Index, IReadOnlyList<SurveyItemView> Items);

public sealed record CatalogueSummaryView(int Courses, int Live, int Trainers, int Venues);
public sealed record CourseView(
    Guid Id, string Code, string Title, string TitleEnglish, string Module, string Mode, int Minutes, int MinLearners, int MaxLearners, string TrainerGrade, int Version, string State);
public sealed record HoleView(string PositionCode, string CompetencyCode, int Level, int Heads);
public sealed record CoverageView(int Steps, int Served, decimal Share, decimal ShareByHeads, IReadOnlyList<HoleView> Holes);
public sealed record GradeView(string Grade, int Trainers, decimal AvailableHours, decimal DemandedHours, decimal Load, decimal ShortageHours, decimal BuyInCost);
public sealed record CapacityView(IReadOnlyList<GradeView> Grades, decimal ShortageHours, decimal BuyInCost, string Currency);

public sealed record SchedulingSummaryView(
    IReadOnlyDictionary<string, int> Runs, IReadOnlyDictionary<string, int> Sessions, int Enrolled, int Waitlisted, int Attended, int NoShows);
public sealed record RunView(Guid Id, string CourseCode, string Region, string Quarter, string State, int Learners, int Waitlisted, decimal Cost, string Currency, string Reason);
public sealed record SessionView(Guid Id, Guid RunId, string CourseCode, string Region, int Sequence, int Of, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string TimeZone, string State, IReadOnlyList<Guid> Learners);
public sealed record SlotView(string PostCode, DateTimeOffset At, string Local, int OnDuty, int Released, int Minimum, bool BelowMinimum);
public sealed record DutyView(Guid EstateId, string EstateCode, DateOnly Date, bool Rostered, IReadOnlyList<SlotView> Slots);
public sealed record ViolationView(string Kind, string Text);
public sealed record VerificationView(int Sessions, int SlotsChecked, int SlotsBelowMinimum, IReadOnlyList<ViolationView> Violations);

public sealed record LineView(
    Guid Id, string Quarter, string Code, string LegalEntity, string FundCategory, bool FrontLine, string Currency,
    decimal Allocated, decimal Reserved, decimal Committed, decimal Actual, decimal Available, string OnOverrun, bool Warned);
public sealed record MoneyView(
    int Year, string Currency, decimal Allocated, decimal Reserved, decimal Committed, decimal Actual, decimal Available, decimal FrontLineShare,
    decimal WageBase, decimal Floor15, decimal Floor25, decimal DeductibleCeiling);

public sealed record EvaluationSummaryView(
    int Evaluations, int Reactions, int Tested, int Passed, int Certificates, int Findings, int Relevant, int Actioned, int Trained, int Verified, decimal Utilisation,
    int LevelsRaised);
public sealed record FunnelView(int Found, int TrainingRelevant, int Actioned, int Trained, int Verified, decimal Rate, int Numerator, int Denominator);
public sealed record UtilisationView(
    int Found, int TrainingRelevant, int Actioned, int Trained, int Verified, decimal Rate, int Numerator, int Denominator, IReadOnlyDictionary<Guid, FunnelView> Estates);
public sealed record CertificateView(string CourseCode, string Title, string TitleEnglish, DateOnly ValidTo);
public sealed record ReactionView(int N, decimal Response, string SuppressedBecause, decimal OverallMean);
public sealed record TestView(int N, int Passed, decimal MeanPre, decimal MeanPost, decimal NormalisedGain, int GainN);
public sealed record RunEvaluationView(Guid RunId, string CourseCode, DateTimeOffset EndedAt, int Attendees, int Completed, ReactionView Reactions, TestView Tests);
