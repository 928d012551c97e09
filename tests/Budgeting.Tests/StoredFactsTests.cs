using System.Text.Json;
using Training.Budgeting.Lines;

namespace Training.Budgeting.Tests;

public class StoredFactsTests
{
    /// <summary>Facts are kept for ever, so their JSON may only grow.</summary>
    [Fact]
    public void Stored_facts_keep_their_shape() => Approved.MatchShapes("facts", Facts.Of<Program>());

    /// <summary>Lines of before estates had their own.</summary>
    [Fact]
    public void A_line_stored_without_estate_belongs_to_none() => Assert.Null(JsonSerializer.Deserialize<LinePurpose>(
        """{"year":2027,"quarter":"2027Q1","code":"BL-02","legalEntity":"YL-HZ","fundCategory":"FC2","courses":[],"frontLine":true}""", House.Options)?.EstateId);

    /// <summary>The state of a line of before lacks what came later, and is what the next decision starts from.</summary>
    [Fact]
    public void A_line_stored_before_knows_its_postings_by_their_ids()
    {
        var posted = new OtherActualPosted(Guid.CreateVersion7(), LineFacts.Cny(200), "INV-1", LineFacts.Now);
        var stored = JsonSerializer.SerializeToNode(Given<BudgetLine>.That(LineFacts.Planned(), posted).State, House.Options)?.AsObject();
        Assert.True(stored?.Remove("contents") & stored?.Remove("overspends"));

        var line = stored.Deserialize<BudgetLine>(House.Options) ?? throw new InvalidOperationException("No line.");

        GivenNothing.When(() => PostOtherActualHandler.Decide(line, new(posted.PostingId, LineFacts.Cny(300), "INV-2", LineFacts.Now))).ThenNothing();
        Assert.Equal((LineFacts.Cny(200), LineFacts.Cny(0)), (line.Actual, line.Overspent));
    }
}
