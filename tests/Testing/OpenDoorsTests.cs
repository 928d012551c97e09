using System.Net;
using Training.Foundation;
using Xunit;

namespace Training.Testing;

/// <summary>A service that lets strangers knock four times a minute.</summary>
public sealed class StrictHost<TProgram> : ServiceHost<TProgram> where TProgram : class
{
    protected override IEnumerable<KeyValuePair<string, string>> Settings => [new("Auth:OpenDoorsPerMinute", "4")];
}

/// <param name="host">The service.</param>
/// <param name="door">What anybody may ask for who has the link, without its end.</param>
/// <param name="inside">What members of the group may ask for.</param>
public abstract class OpenDoorsTests<TProgram>(StrictHost<TProgram> host, string door, string inside) : IClassFixture<StrictHost<TProgram>> where TProgram : class
{
    [Fact]
    public async Task Nobody_tries_all_links()
    {
        using var stranger = host.Client("");
        List<HttpStatusCode> answers = [];
        for (var guess = 0; guess < 5; guess++) answers.Add((await stranger.GetAsync($"{door}YL.guess{guess}", TestContext.Current.CancellationToken)).StatusCode);

        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.TooManyRequests], answers);
        using var member = host.Client(Role.GroupTrainingManager);
        Assert.Equal(HttpStatusCode.OK, (await member.GetAsync(inside, TestContext.Current.CancellationToken)).StatusCode);
    }
}
