using JasperFx.Events;

namespace Training.Workforce;

/// <summary>The only place where stored facts become public contracts.</summary>
public static class Published
{
    public static object? Translate(IEvent stored) => stored.Data switch
    {
        _ => null,
    };
}
