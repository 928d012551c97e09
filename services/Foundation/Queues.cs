using System.Reflection;
using Marten;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Training.Foundation;

/// <summary>The queues of this service, one per consumer.</summary>
sealed class Queues
{
    readonly IReadOnlyDictionary<string, WorkQueue> byName;

    public Queues(IHostEnvironment environment, IEndpointNameFormatter names, IDocumentStore store, ILogger<Batches> log)
    {
        var nameOf = typeof(IEndpointNameFormatter).GetMethod(nameof(IEndpointNameFormatter.Consumer)) ?? throw new InvalidOperationException("The bus names no consumers.");
        byName = Consumers(environment).Select(consumer => new WorkQueue(
                (string)(nameOf.MakeGenericMethod(consumer).Invoke(names, null) ?? throw new InvalidOperationException($"{consumer} has no queue.")),
                [.. consumer.GetInterfaces().Where(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IConsumer<>)).Select(one => MessageUrn.ForTypeString(one.GetGenericArguments()[0]))],
                consumer.IsDefined(typeof(InBatchesAttribute)) ? new Batches(store, log) : null))
            .ToDictionary(queue => queue.Name);
    }

    public WorkQueue Of(ConsumeContext context) => byName[ParkedMessage.QueueOf(context)];

    /// <summary>The queues that take a contract, by its address on the bus.</summary>
    public IEnumerable<WorkQueue> Of(string contract) => byName.Values.Where(queue => queue.Contracts.Contains(contract));

    public static IEnumerable<Type> Consumers(IHostEnvironment environment) =>
        Assembly.Load(environment.ApplicationName).GetTypes().Where(type => type.IsAssignableTo(typeof(IConsumer)) && type.IsClass && !type.IsAbstract);
}

/// <summary>One queue: the contracts it takes, where its messages are handled side by side, and whether in batches.</summary>
sealed record WorkQueue(string Name, string[] Contracts, Batches? Batches)
{
    public Room Room { get; } = new();
}

/// <summary>Holds so many at a time, or one alone.</summary>
sealed class Room : IDisposable
{
    const int Places = 16;

    readonly SemaphoreSlim places = new(Places), door = new(1);

    public async Task<IDisposable> Enter(bool alone, CancellationToken ct)
    {
        // Who wants to be alone takes place after place; the door keeps two of them from each holding half.
        if (alone) await door.WaitAsync(ct);
        var taken = new Taken(this);
        try
        {
            for (var wanted = alone ? Places : 1; wanted > 0; wanted--)
            {
                await places.WaitAsync(ct);
                taken.Places++;
            }
            return taken;
        }
        catch
        {
            taken.Dispose();
            throw;
        }
        finally
        {
            if (alone) door.Release();
        }
    }

    public void Dispose()
    {
        places.Dispose();
        door.Dispose();
    }

    sealed class Taken(Room room) : IDisposable
    {
        public int Places { get; set; }

        public void Dispose()
        {
            if (Places > 0) room.places.Release(Places);
        }
    }
}
