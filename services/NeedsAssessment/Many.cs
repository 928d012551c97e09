using Marten;
using Training.Foundation;

namespace Training.NeedsAssessment;

static class Many
{
    const int PerRoundTrip = 200;

    extension(IDocumentSession session)
    {
        /// <summary>Decides on many streams, like <c>Start</c> on each of them, with one round trip per two hundred. Doesn't commit.</summary>
        internal async Task StartMany<T>(IEnumerable<Guid> ids, Func<Guid, T?, IFact[]> decide, CancellationToken ct) where T : class
        {
            foreach (var some in ids.Distinct().Chunk(PerRoundTrip))
            {
                var batch = session.CreateBatchQuery();
                var streams = some.Select(id => (id, fetched: batch.Events.FetchForWriting<T>(id))).ToList();
                await batch.Execute(ct);
                foreach (var (id, fetched) in streams)
                {
                    var stream = await fetched;
                    if (decide(id, stream.Aggregate) is { Length: > 0 } facts) stream.AppendMany(facts.Cast<object>());
                }
            }
        }

        /// <summary>Like <see cref="StartMany"/> for streams that must exist.</summary>
        internal Task AmendMany<T>(IEnumerable<Guid> ids, Func<T, IFact[]> decide, CancellationToken ct) where T : class =>
            session.StartMany<T>(ids, (id, state) => decide(state ?? throw new Missing(typeof(T).Name, id)), ct);
    }
}
