using JasperFx.Events;

namespace Training.Identity;

/// <summary>Who may sign in is nobody else's business: the other services learn it from tokens, not from messages.</summary>
public static class Published
{
    public static object? Translate(IEvent stored) => null;
}
