using Marten;
using Microsoft.Extensions.Logging;

namespace Training.Foundation;

/// <summary>
/// On a consumer whose effects follow the stream of its message: many messages, each of another stream, are handled one after the other in
/// one transaction. When a batch fails, its messages are handled one by one.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class InBatchesAttribute : Attribute;

/// <summary>Another message of the batch failed, or the commit did; nothing of it was stored.</summary>
sealed class BatchFailed(Exception inner) : Exception("The batch failed; its messages are handled one by one.", inner);

/// <summary>
/// The batches of one queue. While one is at work the next collects, so that a batch is as large as the load, and a single message waits for nobody.
/// </summary>
sealed class Batches(IDocumentStore store, ILogger<Batches> log)
{
    const int Most = 100;

    readonly Lock gate = new();
    readonly Queue<Seat> waiting = [];
    bool working;

    /// <summary>One message in a batch. It runs in its own scope and trace when it is called, and ends with the batch.</summary>
    internal sealed class Seat(string tenant, string watermark, Func<IDocumentSession, Watermark?, Task> handle)
    {
        readonly TaskCompletionSource<(IDocumentSession, Watermark?)> called = new(TaskCreationOptions.RunContinuationsAsynchronously);
        readonly TaskCompletionSource handled = new(TaskCreationOptions.RunContinuationsAsynchronously), committed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Tenant => tenant;
        public string Watermark => watermark;

        /// <summary>Waits for its turn, handles the message, and waits for the commit.</summary>
        public async Task Sit()
        {
            var (session, known) = await called.Task;
            try
            {
                await handle(session, known);
                handled.SetResult();
            }
            catch (Exception exception)
            {
                handled.SetException(exception);
            }
            await committed.Task;
        }

        public Task Call(IDocumentSession session, Watermark? known)
        {
            called.SetResult((session, known));
            return handled.Task;
        }

        public void Committed() => committed.SetResult();

        public void Failed(Exception exception)
        {
            called.TrySetException(new BatchFailed(exception));
            committed.TrySetException(new BatchFailed(exception));
        }
    }

    public Task Join(Seat seat)
    {
        lock (gate)
        {
            waiting.Enqueue(seat);
            if (!working) Task.Run(Work);
            working = true;
        }
        return seat.Sit();
    }

    async Task Work()
    {
        while (Next() is { Count: > 0 } batch)
        {
            try
            {
                await Handle(batch);
                foreach (var seat in batch) seat.Committed();
            }
            catch (Exception exception)
            {
                log.LogWarning(exception, "A batch of {Count} failed; its messages are handled one by one", batch.Count);
                foreach (var seat in batch) seat.Failed(exception);
            }
        }
    }

    /// <summary>The first that waits, and those of its tenant behind it.</summary>
    List<Seat> Next()
    {
        lock (gate)
        {
            List<Seat> batch = [];
            while (batch.Count < Most && waiting.TryPeek(out var seat) && (batch.Count == 0 || seat.Tenant == batch[0].Tenant)) batch.Add(waiting.Dequeue());
            working = batch.Count > 0;
            return batch;
        }
    }

    async Task Handle(List<Seat> batch)
    {
        await using var session = store.LightweightSession(batch[0].Tenant);
        // By its key, each: until a table that fills up has statistics, PostgreSQL would rather read all rows of the group.
        var known = (await session.AdvancedSql.QueryAsync<Watermark>($"""
            with wanted as materialized (select ? as tenant_id, unnest(?) as id)
            select known.id, known.data, known.mt_version from wanted join {session.DocumentStore.Options.Schema.For<Watermark>()} as known using (tenant_id, id)
            """, CancellationToken.None, session.TenantId, batch.Select(seat => seat.Watermark).ToArray())).ToDictionary(watermark => watermark.Id);
        foreach (var seat in batch) await seat.Call(session, known.GetValueOrDefault(seat.Watermark));
        await session.SaveChangesAsync();
    }
}
