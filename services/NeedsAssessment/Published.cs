using JasperFx.Events;

namespace Training.NeedsAssessment;

/// <summary>The only place where stored facts become public contracts.</summary>
public static class Published
{
    public static object? Translate(IEvent stored) => stored.Data switch
    {
        _ => null,
    };
}
