namespace Training.Chaos.Check;

/// <summary>Every message has reached every queue that hears of it, nothing is parked but the poison, no queue has stood, and nothing lies in queues for the dead.</summary>
static class DeliveryRules
{
    public static IEnumerable<Violation> Check(Index index)
    {
        var history = index.History;
        var poisoned = history.Poison.Select(letter => letter.Stream).ToHashSet();
        foreach (var message in index.Messages.Values)
        {
            if (message.Published is not { } published) continue;
            if (!index.SubscribersOf.Contains(published.Contract)) yield return new(Breach.Lost, $"{message} is published as {published.Contract}, which nobody hears.");
            foreach (var subscriber in index.SubscribersOf[published.Contract])
                if (!index.Marks.TryGetValue((subscriber.Queue, message.Stream, message.Tenant), out var mark) || mark.Lacks(message.Version))
                    yield return new(Breach.Lost, $"{message} never reached {subscriber.Queue}, which is at {mark?.Seen ?? 0}.");
        }
        foreach (var hole in history.Documents.Where(kept => kept.Document == "hole" && kept.Data.Text("overtaken") == "True"))
            yield return new(Breach.Disorder, $"{hole.Service} had {hole.Id} ({hole.Tenant}) too late to apply it.");
        foreach (var parked in history.Parked.Where(parked => !poisoned.Contains(parked.Stream)))
            yield return new(Breach.Lost, $"A message of stream {parked.Stream} ({parked.Tenant}) is parked at {parked.Queue}: {parked.Reason}");
        foreach (var letter in history.Poison.Where(letter => history.Parked.Count(parked => parked.Stream == letter.Stream) != 1))
            yield return new(Breach.Lost, $"The poisonous message {letter.Id} is not parked once.");
        foreach (var queue in history.Queues.Where(queue => queue.Messages > 0)) yield return new(Breach.Lost, $"Messages are left in {queue}.");
        foreach (var queue in history.Stood) yield return new(Breach.Stood, queue);
    }
}
