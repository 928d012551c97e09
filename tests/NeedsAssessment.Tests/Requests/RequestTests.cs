using Training.NeedsAssessment.Plans;
using Training.NeedsAssessment.Profiles;
using Training.NeedsAssessment.Requests;
using static Training.NeedsAssessment.Tests.ProfileFacts;

namespace Training.NeedsAssessment.Tests.Requests;

public class RequestTests
{
    static readonly RequestId Id = new(TrainingRequest.IdOf("YL", Person.Value, "C13"));
    static readonly SubmitRequest Submit = new(Id, Person, Estate, "SEC", "C13", ["C13"], "Night shifts alone", RequestOrigin.Employee, Now);
    static readonly RequestSubmitted Submitted = new(Id, Person, Estate, "SEC", "C13", ["C13"], "Night shifts alone", RequestOrigin.Employee, Now);
    static readonly RequestRejected Rejected = new("Next year", Now);
    static readonly RequestDeferred Deferred = new("After the peak", Now);

    [Fact]
    public void One_asks_once_with_a_reason_for_what_closes_a_gap()
    {
        GivenNothing.When(() => SubmitRequestHandler.Decide(null, Submit)).Then(Submitted);
        GivenNothing.When(() => SubmitRequestHandler.Decide(null, Submit with { Why = " " })).ThenBroken("no-reason");
        GivenNothing.When(() => SubmitRequestHandler.Decide(null, Submit with { Why = new('x', 501) })).ThenBroken("too-long");
        GivenNothing.When(() => SubmitRequestHandler.Decide(null, Submit with { CompetencyCodes = [] })).ThenBroken("no-gap");
        Given<TrainingRequest>.That(Submitted).When(request => SubmitRequestHandler.Decide(request, Submit with { Why = "Again" })).ThenNothing();
        Given<TrainingRequest>.That(Submitted, Deferred).When(request => SubmitRequestHandler.Decide(request, Submit)).ThenNothing();
        Given<TrainingRequest>.That(Submitted, new RequestApproved(Now)).When(request => SubmitRequestHandler.Decide(request, Submit)).ThenNothing();
    }

    [Fact]
    public void After_a_rejection_one_may_ask_again()
    {
        var again = Given<TrainingRequest>.That(Submitted, Rejected);
        var repeated = new RequestRepeated(OtherEstate, "SEC", ["C13"], "Still alone", RequestOrigin.Manager, Now.AddDays(1));

        again.When(request => SubmitRequestHandler.Decide(request, Submit with { EstateId = OtherEstate, Why = "Still alone", Origin = RequestOrigin.Manager, At = Now.AddDays(1) })).Then(repeated);

        var state = Given<TrainingRequest>.That(Submitted, Rejected, repeated).State;
        Assert.Equal((RequestState.Submitted, "", OtherEstate.Value, "Still alone", RequestOrigin.Manager, Now.AddDays(1)), (state.State, state.Because, state.EstateId, state.Why, state.Origin, state.SubmittedAt));
    }

    [Fact]
    public void A_request_ends_with_its_gaps_and_one_may_ask_again()
    {
        var (approved, ended) = (new RequestApproved(Now.AddHours(2)), new RequestEnded(Now.AddDays(90)));
        Given<TrainingRequest>.That(Submitted, approved).When(request => EndRequestHandler.Decide(request, new EndRequest(Now.AddDays(90)))).Then(ended);
        Given<TrainingRequest>.That(Submitted, approved, ended).When(request => EndRequestHandler.Decide(request, new EndRequest(Now.AddDays(91)))).ThenNothing();
        Given<TrainingRequest>.That(Submitted).When(request => EndRequestHandler.Decide(request, new EndRequest(Now))).ThenNothing();

        var over = Given<TrainingRequest>.That(Submitted, approved, ended);
        Assert.Equal((RequestState.Ended, 2m), (over.State.State, RequestCard.Of(over.State).LeadTimeHours));
        over.When(request => SubmitRequestHandler.Decide(request, Submit with { At = Now.AddDays(365) }))
            .Then(new RequestRepeated(Estate, "SEC", ["C13"], "Night shifts alone", RequestOrigin.Employee, Now.AddDays(365)));
        over.When(request => JudgeRequestHandler.Decide(request, new ApproveRequest(Now))).ThenNothing();
        over.When(request => JudgeRequestHandler.Decide(request, new RejectRequest("No", Now))).ThenBroken("request-approved");
        over.When(request => JudgeRequestHandler.Decide(request, new DeferRequest("Later", Now))).ThenBroken("request-approved");
    }

    [Fact]
    public void A_course_closes_the_gaps_it_lifts()
    {
        var profile = CompetencyProfile.Create(Opened).Apply(Gaps([GapOf(C13, 2), GapOf(C14, 1)]));
        var course = new KnownCourse(Guid.CreateVersion7(), "K03", "ILT", 60, [new("C14", 1, 3), new("C01", 1, 3)], [], Live: true);

        Assert.Equal(["C14"], SubmitRequestHandler.Closes(profile, "K03", course).AsEnumerable());
        Assert.Equal(["C13"], SubmitRequestHandler.Closes(profile, "C13", null).AsEnumerable());
        Assert.Empty(SubmitRequestHandler.Closes(profile, "C01", null));
    }

    [Fact]
    public void A_manager_says_yes()
    {
        Given<TrainingRequest>.That(Submitted).When(request => JudgeRequestHandler.Decide(request, new ApproveRequest(Now))).Then(new RequestApproved(Now));
        Given<TrainingRequest>.That(Submitted, Deferred).When(request => JudgeRequestHandler.Decide(request, new ApproveRequest(Now))).Then(new RequestApproved(Now));
        Given<TrainingRequest>.That(Submitted, new RequestApproved(Now)).When(request => JudgeRequestHandler.Decide(request, new ApproveRequest(Now))).ThenNothing();
        Given<TrainingRequest>.That(Submitted, Rejected).When(request => JudgeRequestHandler.Decide(request, new ApproveRequest(Now))).ThenBroken("request-rejected");
    }

    [Fact]
    public void A_manager_says_no_or_later_and_why()
    {
        Given<TrainingRequest>.That(Submitted).When(request => JudgeRequestHandler.Decide(request, new RejectRequest("Next year", Now))).Then(Rejected);
        Given<TrainingRequest>.That(Submitted).When(request => JudgeRequestHandler.Decide(request, new RejectRequest("", Now))).ThenBroken("no-reason");
        Given<TrainingRequest>.That(Submitted).When(request => JudgeRequestHandler.Decide(request, new RejectRequest(new('x', 501), Now))).ThenBroken("too-long");
        Given<TrainingRequest>.That(Submitted).When(request => JudgeRequestHandler.Decide(request, new DeferRequest(new('x', 501), Now))).ThenBroken("too-long");
        Given<TrainingRequest>.That(Submitted, Rejected).When(request => JudgeRequestHandler.Decide(request, new RejectRequest("No", Now))).ThenNothing();
        Given<TrainingRequest>.That(Submitted, new RequestApproved(Now)).When(request => JudgeRequestHandler.Decide(request, new RejectRequest("No", Now))).ThenBroken("request-approved");

        Given<TrainingRequest>.That(Submitted).When(request => JudgeRequestHandler.Decide(request, new DeferRequest("After the peak", Now))).Then(Deferred);
        Given<TrainingRequest>.That(Submitted).When(request => JudgeRequestHandler.Decide(request, new DeferRequest(" ", Now))).ThenBroken("no-reason");
        Given<TrainingRequest>.That(Submitted, Deferred).When(request => JudgeRequestHandler.Decide(request, new DeferRequest("Later", Now))).ThenNothing();
        Given<TrainingRequest>.That(Submitted, Deferred).When(request => JudgeRequestHandler.Decide(request, new RejectRequest("Next year", Now))).Then(Rejected);
        Given<TrainingRequest>.That(Submitted, Rejected).When(request => JudgeRequestHandler.Decide(request, new DeferRequest("Later", Now))).ThenBroken("request-rejected");
        Given<TrainingRequest>.That(Submitted, new RequestApproved(Now)).When(request => JudgeRequestHandler.Decide(request, new DeferRequest("Later", Now))).ThenBroken("request-approved");
    }

    [Fact]
    public void Lead_time_runs_from_asking_to_yes_or_no()
    {
        Assert.Equal(26.5m, RequestCard.Of(Given<TrainingRequest>.That(Submitted, Deferred, new RequestApproved(Now.AddHours(26.5))).State).LeadTimeHours);
        Assert.Equal(3m, RequestCard.Of(Given<TrainingRequest>.That(Submitted, new RequestRejected("No", Now.AddHours(3))).State).LeadTimeHours);
        Assert.Null(RequestCard.Of(Given<TrainingRequest>.That(Submitted, Deferred).State).LeadTimeHours);
    }
}
