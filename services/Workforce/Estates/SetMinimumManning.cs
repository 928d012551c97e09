using System.Collections.Immutable;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;

namespace Training.Workforce.Estates;

/// <summary>Of two messages with posts the one with the later day, then the higher sequence, counts.</summary>
public record SetMinimumManning(EstateId EstateId, ImmutableArray<PostMinimum> Posts, DateOnly EffectiveOn, long Sequence);

public static class SetMinimumManningHandler
{
    public static IEstateFact[] Decide(Estate? estate, SetMinimumManning command)
    {
        if (command.Posts.FirstOrDefault(post => post.Heads < 0) is { } negative)
            throw new RuleBroken("negative-heads", $"Post {negative.PostCode} can't need less than nobody.");
        if (command.Posts.Any(post => post.PostCode == "" || post.PositionCode == "")) throw new RuleBroken("nameless-post", "Every post has a code and a position.");
        if (command.Posts.GroupBy(post => (post.PostCode, post.From)).FirstOrDefault(same => same.Count() > 1) is { Key: var twice })
            throw new RuleBroken("post-twice", $"Post {twice.PostCode} from {twice.From:HH\\:mm} is named twice.");

        var order = (command.EffectiveOn, command.Sequence).CompareTo(estate?.OrderOfPosts() ?? default);
        if (order < 0) return [];
        if (!(estate?.Posts ?? []).SequenceEqual(command.Posts)) return [new MinimumManningSet(command.EstateId, command.Posts, command.EffectiveOn, command.Sequence)];
        return order == 0 ? [] : [new MinimumManningConfirmed(command.EstateId, command.EffectiveOn, command.Sequence)];
    }

    public record Body(ImmutableArray<PostBody> Posts);
    public record PostBody(string PostCode, string PositionCode, TimeOnly From, TimeOnly To, int Heads, string LicenceType = "");

    internal static async Task<NoContent> Handle(Guid estateId, Body body, Caller caller, IDocumentSession session, CancellationToken ct)
    {
        ImmutableArray<PostMinimum> posts =
            [.. body.Posts.Select(post => new PostMinimum(post.PostCode, post.PositionCode, post.From, post.To, post.Heads, post.LicenceType))];
        await session.Change<Estate>(estateId, estate =>
        {
            caller.MustReach(estateId, estate.Details.Region);
            // A person's posts count until the HR system sends the next ones.
            var (day, sequence) = estate.OrderOfPosts();
            return Decide(estate, new(new(estateId), posts, day, sequence));
        }, ct);
        return TypedResults.NoContent();
    }
}
