namespace Training.Journeys.Tests;

/// <summary>What a collector sees of a quarter.</summary>
[Collection<AfterAQuarter>]
public class TracesTests(SmallQuarter quarter)
{
    [Theory]
    [InlineData("workforce", "hr inbound", new[] { "needsassessment", "catalogue", "scheduling" })]
    [InlineData("needsassessment", "POST /plans/{planId:guid}/freeze", new[] { "scheduling", "budgeting" })]
    [InlineData("evaluation", "POST /evaluations/{runId:guid}/tests", new[] { "needsassessment", "scheduling" })]
    public async Task An_action_is_one_trace_through_all_services_it_concerns(string service, string name, string[] through)
    {
        var tree = await Eventually.Some(() =>
        {
            var spans = quarter.Platform.Spans;
            var children = spans.ToLookup(span => span.Parent);
            return Task.FromResult(Actions(spans).Where(action => action.Service == service && action.Name == name).Select(action => Below(action, children))
                .FirstOrDefault(below => through.All(other => below.Any(span => span.Service == other && span.Name.EndsWith(" process", StringComparison.Ordinal)))));
        }, $"{name} at {service} leads to {string.Join(", ", through)}");
        Assert.Single(tree.Select(span => span.Trace).Distinct());
        Assert.Single(tree.Select(span => span.Tags.GetValueOrDefault("tp.tenant", "")).Where(tenant => tenant != "").Distinct());
    }

    [Fact]
    public async Task No_span_hangs_in_the_air() => await Eventually.True(
        () => Task.FromResult(Actions(quarter.Platform.Spans).All(span => span.Parent == "" || span.Source is "Microsoft.AspNetCore" or "Training.HrEdge")), "whatever has no parent here came in from outside");

    [Fact]
    public async Task Nobody_is_named_in_any_trace()
    {
        var numbers = (await quarter.Platform.Read<string>("Workforce", "select data ->> 'personId' from mt_events where type = 'employee_hired' union select data -> 'assignment' ->> 'employeeNo' from mt_events where type = 'employee_hired'"))
            .Where(number => !string.IsNullOrEmpty(number)).ToList();
        Assert.True(numbers.Count > 100, $"{numbers.Count} numbers of people are known.");
        var words = quarter.Platform.Spans.SelectMany(span => (IEnumerable<string>)[span.Name, .. span.Tags.Values, .. span.Noted]).Distinct().ToList();
        Assert.True(words.Count > 1_000, $"{words.Count} different words were seen.");
        var said = string.Join('\n', words);
        Assert.Equal([], numbers.Where(number => said.Contains(number, StringComparison.Ordinal)));
    }

    /// <summary>Spans whose parent is not of this platform: the demo begins each of its steps, and sends no spans.</summary>
    static List<TraceSpan> Actions(IReadOnlyList<TraceSpan> spans)
    {
        var known = spans.Select(span => span.Id).ToHashSet();
        return [.. spans.Where(span => !known.Contains(span.Parent))];
    }

    static List<TraceSpan> Below(TraceSpan action, ILookup<string, TraceSpan> children)
    {
        List<TraceSpan> tree = [action];
        for (var at = 0; at < tree.Count; at++) tree.AddRange(children[tree[at].Id]);
        return tree;
    }
}
