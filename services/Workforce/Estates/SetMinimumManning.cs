using System.Collections.Immutable;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;

namespace Training.Workforce.Estates;

public record SetMinimumManning(EstateId EstateId, ImmutableArray<PostMinimum> Posts);

public static class SetMinimumManningHandler
{
    public static IEstateFact[] Decide(Estate? estate, SetMinimumManning command)
    {
        if (command.Posts.FirstOrDefault(post => post.Heads < 0) is { } negative)
            throw new RuleBroken("negative-heads", $"Post {negative.PostCode} can't need less than nobody.");
        if (command.Posts.Any(post => post.PostCode == "" || post.PositionCode == "")) throw new RuleBroken("nameless-post", "Every post has a code and a position.");
        if (command.Posts.GroupBy(post => (post.PostCode, post.From)).FirstOrDefault(same => same.Count() > 1) is { Key: var twice })
            throw new RuleBroken("post-twice", $"Post {twice.PostCode} from {twice.From:HH\\:mm} is named twice.");
        return (estate?.Posts ?? []).SequenceEqual(command.Posts) ? [] : [new MinimumManningSet(command.EstateId, command.Posts)];
    }

    public record Body(ImmutableArray<PostBody> Posts);
    public record PostBody(string PostCode, string PositionCode, TimeOnly From, TimeOnly To, int Heads, string LicenceType = "");

    internal static async Task<NoContent> Handle(Guid estateId, Body body, Caller caller, IDocumentSession session, CancellationToken ct)
    {
        var command = new SetMinimumManning(new(estateId),
            [.. body.Posts.Select(post => new PostMinimum(post.PostCode, post.PositionCode, post.From, post.To, post.Heads, post.LicenceType))]);
        await session.Change<Estate>(estateId, estate =>
        {
            caller.MustReach(estateId, estate.Details.Region);
            return Decide(estate, command);
        }, ct);
        return TypedResults.NoContent();
    }
}
