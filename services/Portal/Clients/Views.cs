namespace Training.Portal.Clients;

// The fields the pages show, named as the services name them.

public sealed record EstateView(Guid Id, string Code, string Name, string Region, string LegalEntity, string Kind, int Households, string TimeZone);
public sealed record EmployeeView(Guid Id, string EmployeeNo, Guid EstateId, string PositionCode, string State, string? LegalEntity = null);
public sealed record SourceView(string Source, DateTimeOffset LastEventAt, long Accepted, long Duplicates, long Quarantined);
public sealed record QuarantineView(Guid Id, string Source, string Type, string Code, string Reason, DateTimeOffset ReceivedAt, string State);

public sealed record GapSummaryView(int Heads, int RequiredCells, int OpenGaps, int ClosedGaps, decimal Attainment, decimal WeightedGap);
public sealed record NeedSummaryView(int Candidate, int Approved, int Planned, int Rejected, int HandedOver, int Closed);
public sealed record NeedView(
    Guid Id, string CompetencyCode, string PositionCode, string Region, string State, int Heads, decimal WeightedGap, decimal NormalisedGap,
    decimal Exposure, decimal Consequence, decimal Priority, IReadOnlyList<string>? ConcentrateHere, IReadOnlyList<Guid>? FindingIds, string Cause, string Owner, string? RejectedBecause = null,
    IReadOnlyList<Guid>? RequestIds = null, bool GrewSinceRejected = false);
public sealed record RequestView(
    Guid Id, Guid EmployeeId, string PositionCode, string Subject, string Why, string Origin, string State, string Because, DateTimeOffset SubmittedAt, decimal? LeadTimeHours);
public sealed record RequestSummaryView(int Submitted, int Deferred, int Approved, int Rejected, decimal? MeanLeadTimeHours);
public sealed record HeatCellView(string PositionCode, string CompetencyCode, Guid EstateId, string Region, int HeadsRequired, int HeadsBelow);
public sealed record PlanView(Guid Id, int Year, string Quarter, bool Frozen, int Version, int Places, int Lines);
public sealed record PlanLineView(Guid LineId, Guid CourseId, string CourseCode, string Region, decimal Priority, int Places);
public sealed record PlanDetailView(Guid Id, int Year, string Quarter, bool Frozen, int Version, int Places, IReadOnlyList<PlanLineView> Lines);
public sealed record WaveView(Guid Id, string Code, bool Closed, int Invited, int Responses);
public sealed record SurveyItemView(string Code, string Text, string TextEnglish, int N, decimal Importance, decimal Performance, decimal Gap, string Quadrant);
public sealed record SurveyView(
    string Code, int Invited, int Responses, bool Suppressed, string SuppressedBecause, decimal? CrosshairImportance, decimal? CrosshairPerformance,
    decimal? Index, IReadOnlyList<SurveyItemView> Items, decimal? Nps = null);

public sealed record CatalogueSummaryView(int Courses, int Live, int Trainers, int Venues);
public sealed record CourseView(
    Guid Id, string Code, string Title, string TitleEnglish, string Module, string Mode, int Minutes, int MinLearners, int MaxLearners, string TrainerGrade, int Version, string State,
    IReadOnlyList<CourseStepView>? Steps = null);
public sealed record CourseStepView(string CompetencyCode);
public sealed record HoleView(string PositionCode, string CompetencyCode, int Level, int Heads);
public sealed record CoverageView(int Steps, int Served, decimal Share, decimal ShareByHeads, IReadOnlyList<HoleView> Holes);
public sealed record GradeView(string Grade, int Trainers, decimal AvailableHours, decimal DemandedHours, decimal Load, decimal ShortageHours, decimal BuyInCost);
public sealed record CapacityView(IReadOnlyList<GradeView> Grades, decimal ShortageHours, decimal BuyInCost, string Currency);

public sealed record SchedulingSummaryView(
    IReadOnlyDictionary<string, int> Runs, IReadOnlyDictionary<string, int> Sessions, int Enrolled, int Waitlisted, int Attended, int NoShows);
public sealed record RunView(Guid Id, Guid PlanId, string CourseCode, string Region, string Quarter, string State, int Learners, int Waitlisted, decimal Cost, string Currency, string Code, string Reason);
public sealed record SessionView(
    Guid Id, Guid RunId, string CourseCode, string Region, int Sequence, int Of, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string TimeZone, Guid VenueId, Guid TrainerId, string State,
    IReadOnlyList<Guid> Learners);
public sealed record SeatView(Guid EmployeeId, Guid EstateId, int AttendedMinutes);
public sealed record WaitingView(Guid EmployeeId, Guid EstateId, string Reason);
public sealed record RunDetailView(
    RunView Run, Guid LineId, Guid CourseId, Guid TrainerId, Guid VenueId, int MinLearners, int MaxLearners, int Sessions, int Minutes, decimal Spent,
    IReadOnlyList<SeatView> Learners, IReadOnlyList<WaitingView> Waitlist, IReadOnlyList<SessionView> Placed);
public sealed record AlternativeView(Guid RunId, string Region, DateTimeOffset StartsAt, string TimeZone, int FreeSeats);
public sealed record AlternativesView(IReadOnlyList<AlternativeView> Items);
public sealed record ProposalCardView(
    Guid Id, Guid PlanId, IReadOnlyList<string> Regions, DateOnly From, DateOnly To, string RequestReason, DateTimeOffset RequestedAt, string State, string Code, string Reason,
    int Runs, int Accepted, int Refused, int Issues, decimal Cost, decimal FirstFitCost, int FrozenDays = 2);
public sealed record SearchProgressView(string Phase, double Share, double Seconds, long Moves, double MovesPerSecond, int Broken, decimal Cost, IReadOnlyDictionary<string, long> CostByRule);
public sealed record CostItemView(string Component, long Amount);
public sealed record QuoteView(long Total, IReadOnlyList<CostItemView> Components, int Placed, int Seated, int Unseated, int MissedMandatory, int MovedSessions)
{
    /// <summary>First fit isn't quoted where it would leave more that isn't safe.</summary>
    public bool IsKnown => Seated + Unseated > 0;
}
public sealed record FrontierStepView(long PriceOfMove, int MovedSessions, long Cost, int Unseated, int Unsafe);
public sealed record ProposedSessionView(DateTimeOffset From, DateTimeOffset To, Guid TrainerId, Guid VenueId);
public sealed record ProposedRunView(Guid RunId, string CourseCode, bool Published, bool Accepted, IReadOnlyList<ProposedSessionView> Sessions, IReadOnlyList<Guid> Learners);
public sealed record RemedyView(string Code, string Text, string TextChinese, int Price);
public sealed record RunIssueView(Guid RunId, string CourseCode, string Reason, string ReasonChinese, string Proof, IReadOnlyList<RemedyView> Remedies, bool Waits = false);
public sealed record LearnerIssueView(
    Guid EmployeeId, Guid EstateId, string CourseCode, bool Mandatory, string Reason, string ReasonChinese, IReadOnlyList<RemedyView> Remedies);
public sealed record ProposalDetailView(
    ProposalCardView Proposal, SearchProgressView? Progress, QuoteView Cost, QuoteView FirstFit, IReadOnlyList<FrontierStepView> Frontier, long Moves, decimal Seconds,
    IReadOnlyList<ProposedRunView> Runs, IReadOnlyList<RunIssueView> Issues, IReadOnlyList<RunIssueView> Refused, IReadOnlyList<LearnerIssueView> Unseated, int Explained);
public sealed record PeriodView(DateTimeOffset From, DateTimeOffset To);
public sealed record TrainerView(Guid Id, string Name, string Grade, string Region, bool Departed, IReadOnlyList<PeriodView> Absences);
public sealed record VenueView(Guid Id, string Name, string Region, Guid? EstateId, int Seats, IReadOnlyList<PeriodView> Closures);
public sealed record FundingView(Guid RunId, bool Granted, string DeclinedBecause, Guid LineId, string Currency, decimal Requested, decimal Reserved, decimal Committed, decimal Actual, decimal Overspent = 0);
public sealed record SlotView(string PostCode, DateTimeOffset At, string Local, int OnDuty, int Released, int Minimum, bool BelowMinimum);
public sealed record DutyView(Guid EstateId, string EstateCode, DateOnly Date, bool Rostered, IReadOnlyList<SlotView> Slots);
public sealed record ViolationView(string Kind, string Text);
public sealed record VerificationView(int Sessions, int SlotsChecked, int SlotsBelowMinimum, IReadOnlyList<ViolationView> Violations);

public sealed record LineView(
    Guid Id, int Year, string Quarter, string Code, string LegalEntity, string FundCategory, bool FrontLine, string Currency,
    decimal Allocated, decimal Reserved, decimal Committed, decimal Actual, decimal Available, string OnOverrun, bool Warned, Guid? EstateId = null,
    decimal WarnAt = 0, IReadOnlyList<string>? Courses = null, decimal Overspent = 0);
public sealed record PeriodCardView(int Year, string Currency);
public sealed record MoneyView(
    int Year, string Currency, decimal Allocated, decimal Reserved, decimal Committed, decimal Actual, decimal Available, decimal FrontLineShare,
    decimal WageBase, decimal Floor15, decimal Floor25, decimal DeductibleCeiling, decimal Overspent = 0, IReadOnlyList<EntityRulesView>? LegalEntities = null);
public sealed record EntityRulesView(
    string LegalEntity, decimal WageBase, decimal Allocated, decimal Actual, decimal Overspent, decimal Floor15, decimal Floor25, decimal DeductibleCeiling, decimal FrontLineShare,
    string Floor15Status, string Floor25Status, string CeilingStatus, string FrontLineStatus);

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
public sealed record BurnDownMonthView(DateOnly Month, decimal Reserved, decimal Committed, decimal Actual);
public sealed record BurnDownView(int Year, string Currency, IReadOnlyList<BurnDownMonthView> Items);
public sealed record QuarantineCardView(
    Guid Id, string Source, string EventId, string Type, string Code, string Reason, IReadOnlyList<string> WaitsFor, DateTimeOffset ReceivedAt, string State, string ClosedBy, string ClosedBecause);
public sealed record QuarantineSheetView(QuarantineCardView Message, string Body);
public sealed record HrSourceView(string Source, DateTimeOffset LastEventAt, DateTimeOffset LastReceivedAt, long Accepted, long Duplicates, long Quarantined);
public sealed record ParkedMessageView(string Id, string Queue, Guid Stream, long Version, string Contract, string Code, string Reason, DateTimeOffset ParkedAt, string Body);
public sealed record FollowedEventView(
    Guid Id, Guid Stream, long Version, string Type, DateTimeOffset At, string CorrelationId, string CausationId, string Actor, System.Text.Json.JsonElement Data);
public sealed record AuditEntryView(Guid Id, DateTimeOffset At, string Actor, string Fact, Guid Stream, long Version, string CorrelationId);
public sealed record LicenceView(Guid EmployeeId, string EmployeeNo, Guid EstateId, string PositionCode, string LicenceType, DateOnly ExpiresOn);
public sealed record ReleasedPersonView(Guid EmployeeId, string PositionCode, string Post);
public sealed record ReleaseView(Guid SessionId, Guid RunId, string CourseCode, DateTimeOffset From, DateTimeOffset To, string TimeZone, IReadOnlyList<ReleasedPersonView> People);
public sealed record ReleasesView(Guid EstateId, DateOnly Monday, IReadOnlyList<ReleaseView> Items);
public sealed record TrainingSessionView(Guid SessionId, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string TimeZone, Guid VenueId, string State, bool CheckedIn, bool Early);
public sealed record TrainingCardView(
    Guid RunId, string CourseCode, string Region, string State, string Reason, int Place, int Ahead, int FreeSeats, int AttendedMinutes, IReadOnlyList<TrainingSessionView> Sessions);
public sealed record LearnerTrainingView(Guid EmployeeId, IReadOnlyList<TrainingCardView> Mine, IReadOnlyList<TrainingCardView> Offered);
public sealed record DoubtView(Guid EmployeeId, Guid Other, DateTimeOffset At);
public sealed record DoorView(Guid SessionId, string Code, DateTimeOffset ValidTo, int Learners, IReadOnlyList<Guid> CheckedIn, IReadOnlyList<Guid> Waiting, IReadOnlyList<DoubtView> Doubts);
public sealed record ScanView(string State, DateTimeOffset StartsAt, string TimeZone, string CourseCode);
public sealed record OwnEvaluationView(Guid RunId, string CourseCode, DateTimeOffset EndedAt, bool Completed, bool Answered, decimal LastScore, bool Passed, string Test);
public sealed record WordingView(string Chinese, string English)
{
    public string InWords => Words.Either(Chinese, English);
}
public sealed record ShownQuestionView(WordingView Stem, bool Several, IReadOnlyList<WordingView> Options);
public sealed record OwnTestView(Guid RunId, string CourseCode, string State, int Attempt, int AttemptsLeft, decimal PassMark, decimal LastScore, IReadOnlyList<ShownQuestionView> Questions);
public sealed record TestResultView(decimal Score, bool Passed, int Right, int Of, int AttemptsLeft);
public sealed record QuestionView(WordingView Stem, IReadOnlyList<WordingView> Options, IReadOnlyList<int> Right);
public sealed record QuestionBankCardView(Guid CourseId, string CourseCode, int Version, int Questions, int Draw, DateTimeOffset PublishedAt);
public sealed record QuestionBankView(int Number, int Draw, IReadOnlyList<QuestionView> Questions);
public sealed record EstateResultView(Guid EstateId, int Attendees, int Completed, bool Suppressed, TestView Tests);
public sealed record QuestionnaireItemView(string Code, string Text, string TextEnglish);
public sealed record QuestionnaireView(string Wave, bool Used, bool Closed, IReadOnlyList<QuestionnaireItemView> Items);
public sealed record VerifiedCertificateView(string CourseCode, string Title, string TitleEnglish, DateOnly ValidFrom, DateOnly ValidTo, bool Valid, string Holder);
public sealed record HeldCertificateView(
    Guid EmployeeId, Guid CourseId, string CourseCode, string Title, string TitleEnglish, Guid RunId, DateOnly ValidFrom, DateOnly ValidTo, int Renewals, bool Renewable, string Code, string Holder);
public sealed record GapCardLineView(string CompetencyCode, int Required, int Assessed, int Gap);
public sealed record GapCardView(Guid EmployeeId, Guid EstateId, string PositionCode, decimal Attainment, IReadOnlyList<GapCardLineView> Competencies);
public sealed record HealthView(string Service, bool Live, bool Ready, int Milliseconds, int Parked);
public sealed record EmployeeSheetView(EmployeeView Employee, IReadOnlyDictionary<string, DateOnly> Licences);
public sealed record FindingView(
    Guid Id, Guid EstateId, string ItemCode, string Severity, string Cause, string CompetencyCode, DateOnly FoundOn, DateOnly DueOn, string State, bool Relevant, bool Trained);
