namespace Training.Identity.Tests;

public class StoredFactsTests
{
    /// <summary>Facts are kept for ever, so their JSON may only grow.</summary>
    [Fact]
    public void Stored_facts_keep_their_shape() => Approved.MatchShapes("facts", Facts.Of<Program>());
}
