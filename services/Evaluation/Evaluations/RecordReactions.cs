using System.Collections.Immutable;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Evaluation.Knowledge;
using Training.Foundation;

namespace Training.Evaluation.Evaluations;

public record Answer(EmployeeId EmployeeId, Reaction Reaction);
public record RecordReactions(ImmutableArray<Answer> Answers, DateTimeOffset At);

/// <summary>Who has answered for a run. A document, not facts: it keeps no order and no time, by which answers could be told apart.</summary>
public record Participation(Guid Id, ImmutableHashSet<EmployeeId> Answered);

public static class RecordReactionsHandler
{
    public static IEvaluationFact[] Decide(RunEvaluation run, ImmutableHashSet<EmployeeId> answered, RecordReactions command)
    {
        EmployeeId[] people = [.. command.Answers.Select(answer => answer.EmployeeId)];
        if (people.Where(person => !run.Attendees.ContainsKey(person)).ToList() is { Count: > 0 } strangers)
            throw new RuleBroken("not-an-attendee", $"Only people who attended can say how it was; not there: {strangers.InWords()}.");
        if (people.Distinct().Count() < people.Length) throw new RuleBroken("answered-twice", "Everyone answers once.");
        if (command.Answers.Any(answer => answer.Reaction.Ratings is [] || answer.Reaction.Ratings.Any(rating => rating.Score is < 1 or > 5)))
            throw new RuleBroken("rating-out-of-range", "An answer has at least one rating, and ratings go from 1 to 5.");

        // Content can't be compared, for nobody knows whose it is: a batch of people who all answered before is taken for the same batch.
        if (answered.IsSupersetOf(people)) return [];
        if (people.Where(answered.Contains).ToList() is { Count: > 0 } again)
            throw new RuleBroken("already-answered", $"Everyone answers once; answered before: {again.InWords()}.");
        return [new ReactionsRecorded([.. command.Answers.Select(answer => answer.Reaction).OrderBy(Content, StringComparer.Ordinal)], command.At)];
    }

    static string Content(Reaction reaction) => string.Join('|', reaction.Ratings.Select(rating => $"{rating.Question}={rating.Score}"));

    public record Body
    {
        public required ImmutableArray<Entry> Reactions { get; init; }
    }

    public record Entry
    {
        public required Guid EmployeeId { get; init; }
        public required ImmutableDictionary<string, int> Ratings { get; init; }

        internal Answer AsAnswer() => new(
            new(EmployeeId), new([.. Ratings.OrderBy(rating => rating.Key, StringComparer.Ordinal).Select(rating => new Rating(rating.Key, rating.Value))]));
    }

    internal static async Task<NoContent> Handle(Guid runId, Body body, Caller caller, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var command = new RecordReactions([.. body.Reactions.Select(entry => entry.AsAnswer())], clock.GetUtcNow());
        // The fact must not carry who sent it.
        session.SetHeader(Header.Actor, "an attendee");
        var (stream, run) = await session.Locked(runId, ct);
        caller.MustReach(run, command.Answers.Select(answer => answer.EmployeeId), await session.Estates(run.Attendees.Values.Select(attendee => attendee.EstateId), ct));

        var answered = (await session.LoadAsync<Participation>(run.Id, ct))?.Answered ?? [];
        stream.AppendMany(Decide(run, answered, command).Cast<object>());
        session.Store(new Participation(run.Id, answered.Union(command.Answers.Select(answer => answer.EmployeeId))));
        await session.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
