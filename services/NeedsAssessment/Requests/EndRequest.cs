namespace Training.NeedsAssessment.Requests;

public record EndRequest(DateTimeOffset At);

/// <summary>Every ranking of the needs ends the approved requests whose gaps are closed, so that the person can ask again when they open anew.</summary>
public static class EndRequestHandler
{
    public static IRequestFact[] Decide(TrainingRequest request, EndRequest command) => request.State == RequestState.Approved ? [new RequestEnded(command.At)] : [];
}
