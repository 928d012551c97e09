using System.Net;

namespace Training.Evaluation.Tests;

/// <summary>A service that lets strangers knock four times a minute.</summary>
public sealed class StrictHost : ServiceHost<Program>
{
    protected override IEnumerable<KeyValuePair<string, string>> Settings => [new("Auth:OpenDoorsPerMinute", "4")];
}

public class OpenDoorsTests(StrictHost host) : IClassFixture<StrictHost>
{
    [Fact]
    public async Task Nobody_tries_all_links()
    {
        using var stranger = host.Client("");
        List<HttpStatusCode> answers = [];
        for (var guess = 0; guess < 5; guess++) answers.Add((await stranger.GetAsync($"/certificates/verify/YL.guess{guess}", TestContext.Current.CancellationToken)).StatusCode);

        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.TooManyRequests], answers);
        using var member = host.Client(Foundation.Role.GroupTrainingManager);
        Assert.Equal(HttpStatusCode.OK, (await member.GetAsync("/certificates", TestContext.Current.CancellationToken)).StatusCode);
    }
}
