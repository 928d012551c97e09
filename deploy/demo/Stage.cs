using System.Diagnostics;
using System.Globalization;

namespace Training.Demo;

/// <summary>What the demo needs to reach the platform.</summary>
/// <param name="Estates">How many estates the group gets; 40 is the whole reference group.</param>
/// <param name="Services">Addresses by service name, such as Workforce.</param>
/// <param name="Broker">AMQP address.</param>
/// <param name="Tokens">Where the actors get their tokens.</param>
public sealed record DemoOptions(int Estates, IReadOnlyDictionary<string, Uri> Services, string Broker, TokenSource Tokens);

/// <summary>An answer read from the platform, beside what it should be.</summary>
public sealed record Answer(string Name, string Expected, string Actual)
{
    public bool Ok => Expected.StartsWith('>') ? Number(Actual) > Number(Expected[1..]) : Expected == Actual;

    public override string ToString() => $"answer {Name} expected={Expected} actual={Actual} {(Ok ? "ok" : "WRONG")}";

    static decimal Number(string text) => decimal.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture);
}

/// <summary>Everything the steps of the quarter share.</summary>
public sealed class Stage(Group group, Quarter quarter, Platform platform, HrFeed hr, Action<string> say, CancellationToken ct)
{
    readonly Stopwatch watch = Stopwatch.StartNew();
    readonly List<Answer> answers = [];

    public Group Group { get; } = group;
    public Quarter Quarter { get; } = quarter;
    public People People { get; } = new(group);
    public Platform Platform { get; } = platform;
    public HrFeed Hr { get; } = hr;
    public CancellationToken Ct { get; } = ct;
    public IReadOnlyList<Answer> Answers => answers;

    public void Say(FormattableString line) => say(string.Create(CultureInfo.InvariantCulture, $"{watch.Elapsed.TotalSeconds,6:0.0} s  {FormattableString.Invariant(line)}"));

    /// <summary>Does one business action under a trace of its own and says what came of it.</summary>
    public async Task Step(string name, Func<Task<FormattableString>> work)
    {
        using var action = new Activity(name).Start();
        var done = await work();
        Say($"{name}: {FormattableString.Invariant(done)}");
    }

    public void Answer(string name, FormattableString expected, FormattableString actual)
    {
        var answer = new Answer(name, FormattableString.Invariant(expected), FormattableString.Invariant(actual));
        answers.Add(answer);
        say(answer.ToString());
    }
}
