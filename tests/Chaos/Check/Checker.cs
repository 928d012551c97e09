namespace Training.Chaos.Check;

/// <summary>Accounts for every command of a run, and for every message that follows from it. Knows nothing of how the run went.</summary>
static class Checker
{
    static readonly Func<Index, IEnumerable<Violation>>[] Rules =
        [CommandRules.Check, DeliveryRules.Check, EffectRules.Check, KnowledgeRules.Check, OrderRules.Check, TenantRules.Check, MoneyRules.Check, AnswerRules.Check];

    public static IReadOnlyList<Violation> Check(History history)
    {
        var index = new Index(history);
        return [.. Rules.SelectMany(rule => rule(index))];
    }
}
