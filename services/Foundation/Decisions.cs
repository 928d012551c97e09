using JasperFx;
using JasperFx.Events;
using Marten;
using Npgsql;

namespace Training.Foundation;

/// <summary>Something that happened. Stored for ever: add fields, never rename or remove them.</summary>
public interface IFact;

/// <summary>A command the business rules refuse. The code is stable; the message may change.</summary>
public sealed class RuleBroken(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}

public sealed class Missing(string what, object id) : Exception($"{what} {id} does not exist.");

/// <summary>The caller is known but may not do this.</summary>
public sealed class Forbidden(string message) : Exception(message);

/// <summary>Somebody else wrote first: the same command, decided again on what is stored by now, may succeed.</summary>
public static class WriteConflict
{
    public static bool Is(Exception exception) =>
        exception is ConcurrencyException or EventStreamUnexpectedMaxEventIdException or ExistingStreamIdCollisionException or Marten.Exceptions.ExistingStreamIdCollisionException or DocumentAlreadyExistsException
        || exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };
}

/// <summary>
/// Load, decide, append. <c>Begin</c> and <c>Change</c> commit, for HTTP handlers. <c>Start</c> and <c>Amend</c> don't: consumers and
/// commands over several streams append as often as they like and commit once.
/// </summary>
public static class Decisions
{
    extension(IDocumentSession session)
    {
        /// <summary>Decides on a stream that may not exist yet, and commits. The state is null for a new stream.</summary>
        public async Task Begin<T>(Guid id, Func<T?, IFact[]> decide, CancellationToken ct) where T : class
        {
            await session.Start(id, decide, ct);
            await session.SaveChangesAsync(ct);
        }

        /// <summary>Decides on an existing stream and commits; fails when someone else wrote in between, or since version <paramref name="expected"/>.</summary>
        public async Task Change<T>(Guid id, Func<T, IFact[]> decide, CancellationToken ct, long? expected = null) where T : class
        {
            await session.Amend(id, decide, ct, expected);
            await session.SaveChangesAsync(ct);
        }

        /// <inheritdoc cref="Begin"/>
        public async Task Start<T>(Guid id, Func<T?, IFact[]> decide, CancellationToken ct) where T : class
        {
            var stream = await session.Events.FetchForWriting<T>(id, ct);
            if (decide(stream.Aggregate) is { Length: > 0 } facts) stream.AppendMany(facts.Cast<object>());
        }

        /// <inheritdoc cref="Change"/>
        public async Task Amend<T>(Guid id, Func<T, IFact[]> decide, CancellationToken ct, long? expected = null) where T : class
        {
            var stream = expected is { } version
                ? await session.Events.FetchForWriting<T>(id, version, ct)
                : await session.Events.FetchForWriting<T>(id, ct);
            if (decide(stream.Aggregate ?? throw new Missing(typeof(T).Name, id)) is { Length: > 0 } facts) stream.AppendMany(facts.Cast<object>());
        }
    }
}
