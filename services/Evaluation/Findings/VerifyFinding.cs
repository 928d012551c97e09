using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Evaluation.Knowledge;
using Training.Foundation;

namespace Training.Evaluation.Findings;

/// <summary>What a second look showed; <c>Latest</c> is today at the estate.</summary>
public record VerifyFinding(DateOnly On, bool Passed, DateOnly Latest);

public static class VerifyFindingHandler
{
    /// <summary>What was put right without training may be verified as well; it then doesn't count as used by training (F20).</summary>
    public static IFindingFact[] Decide(Finding finding, VerifyFinding command)
    {
        if (command.On < finding.FoundOn) throw new RuleBroken("verified-before-found", $"The finding is of {finding.FoundOn:yyyy-MM-dd}; a re-inspection comes later.");
        if (finding.Checks.Contains(new(command.On, command.Passed))) return [];
        if (command.On > command.Latest) throw new RuleBroken("in-the-future", $"{command.On:yyyy-MM-dd} is still to come.");
        if (finding.Checks.FirstOrDefault(check => check.On > command.On) is { } later)
            throw new RuleBroken("checked-later", $"It was looked at again on {later.On:yyyy-MM-dd} already.");
        return (command.Passed, finding.State) switch
        {
            (true, FindingState.Verified) => [],
            (false, FindingState.Recurred) => [],
            (true, _) => [new FindingVerified(new(finding.Id), command.On)],
            (false, _) => [new FindingRecurred(new(finding.Id), command.On)],
        };
    }

    public record Body
    {
        public required DateOnly On { get; init; }
        public required bool Passed { get; init; }
    }

    internal static async Task<NoContent> Handle(
        Guid findingId, Body body, Caller caller, IDocumentSession session, TimeProvider clock, Tolerance tolerance, CancellationToken ct)
    {
        var (stream, finding) = (await session.Locked([findingId], ct))[0];
        var estate = (await session.Estates([finding.EstateId], ct))[finding.EstateId];
        caller.MustReach(estate.Id, estate.Region);
        stream.AppendMany(Decide(finding, new(body.On, body.Passed, estate.DayOf(tolerance.LatestAt(clock.GetUtcNow())))).Cast<object>());
        await session.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
