using JasperFx.Events;
using JasperFx.Events.Aggregation;
using Marten;
using Training.Foundation;
using Xunit;

namespace Training.Testing;

/// <summary>Given facts, when a decision, then facts. Folds with the generated code that production uses; needs no database.</summary>
public sealed class Given<TState> where TState : class
{
    static readonly IAggregator<TState, IQuerySession> Fold = new StoreOptions().Projections.AggregatorFor<TState>();

    readonly TState state;

    Given(TState state) => this.state = state;

    public static Given<TState> That(params IFact[] facts)
    {
        IEvent[] history = [.. facts.Select((fact, index) => { var stored = Event.For(fact); stored.Version = index + 1; return stored; })];
#pragma warning disable CS8625 // the generated fold asks for no session
        var state = Fold.BuildAsync(history, null, null, CancellationToken.None).AsTask().GetAwaiter().GetResult();
#pragma warning restore CS8625
        return new(state ?? throw new InvalidOperationException("The facts build no state."));
    }

    public TState State => state;

    public Outcome When(Func<TState, IFact[]> decide) => Outcome.Of(() => decide(state));
}

/// <summary>Given nothing yet.</summary>
public static class GivenNothing
{
    public static Outcome When(Func<IFact[]> decide) => Outcome.Of(decide);
}

public sealed record Outcome(IFact[] Facts, RuleBroken? Broken)
{
    internal static Outcome Of(Func<IFact[]> decide)
    {
        try { return new(decide(), null); }
        catch (RuleBroken broken) { return new([], broken); }
    }

    public void Then(params IFact[] expected)
    {
        Assert.Null(Broken);
        // Facts may carry lists, so they are compared as they will be stored.
        Assert.Equal(expected.Select(House.Json), Facts.Select(House.Json));
    }

    public void ThenNothing() => Then();

    public void ThenBroken(string code) => Assert.Equal(code, Broken?.Code);
}
