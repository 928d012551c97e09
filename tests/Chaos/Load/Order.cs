using System.Collections.Concurrent;

namespace Training.Chaos.Load;

enum Reply
{
    /// <summary>Nobody answered so far.</summary>
    Open,
    Acknowledged,
    Refused,
}

/// <summary>How many facts of a type an acknowledged command leaves in its service.</summary>
/// <param name="Type">Stored name of the fact.</param>
/// <param name="Least">At least so many.</param>
/// <param name="Most">At most so many; 0 for one per attempt, where repeating overwrites what came between.</param>
sealed record Expected(string Type, int Least = 1, int Most = 1);

/// <summary>A command as its sender remembers it.</summary>
sealed class Order(Guid id, string tenant, string service, string kind, params Expected[] facts)
{
    public Guid Id => id;
    public string Tenant => tenant;
    public string Service => service;
    public string Kind => kind;
    public IReadOnlyList<Expected> Facts => facts;
    public Reply Reply { get; set; } = Reply.Open;

    /// <summary>The reason of a refusal.</summary>
    public string Code { get; set; } = "";
    public int Attempts { get; set; }

    /// <summary>Attempts after which the sender did not know whether it had been heard.</summary>
    public int Unknown { get; set; }

    /// <summary>Sent again although it had been acknowledged.</summary>
    public bool Repeated { get; set; }

    /// <summary>What a repetition was answered, where that differs from the first answer.</summary>
    public string OtherAnswer { get; set; } = "";
}

/// <summary>All commands in the order they were given.</summary>
sealed class ClientLog
{
    readonly ConcurrentQueue<Order> orders = [];

    public IReadOnlyCollection<Order> Orders => orders;

    public Order Note(Order order)
    {
        orders.Enqueue(order);
        return order;
    }
}
