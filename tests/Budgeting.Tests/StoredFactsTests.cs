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
}
