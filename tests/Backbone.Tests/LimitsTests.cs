using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Training.Foundation;

namespace Training.Backbone.Tests;

/// <summary>What nobody needs is refused before it is stored.</summary>
[Collection("trouble")]
public sealed class LimitsTests : IAsyncLifetime
{
    Ground? ground;
    CountingHost? host;

    CountingHost Host => host ?? throw new InvalidOperationException("Not started.");

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        ground = await Ground.Prepare();
        host = await CountingHost.Start(ground);
    }

    public async ValueTask DisposeAsync()
    {
        if (host is not null) await host.DisposeAsync();
        if (ground is not null) await ground.DisposeAsync();
    }

    [Fact]
    public async Task A_request_of_many_megabytes_is_refused_in_words()
    {
        using var client = Host.Client();
        var answer = await client.PutAsJsonAsync($"/counters/{Guid.CreateVersion7()}/money", new { who = new string('x', 5 << 20) }, Ct);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal("too-large", (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_text_that_is_too_long_or_cannot_be_stored_is_refused_in_words()
    {
        using var client = Host.Client();
        foreach (var who in new[] { new string('x', 4_001), "a\0b" })
        {
            var answer = await client.PutAsJsonAsync($"/counters/{Guid.CreateVersion7()}/money", new { who }, Ct);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
            Assert.Equal("malformed-request", problem.GetProperty("code").GetString());
            Assert.Contains("at most 4000 characters", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }
        (await client.PutAsJsonAsync($"/counters/{Guid.CreateVersion7()}/money", new { who = new string('x', 4_000) }, Ct)).EnsureSuccessStatusCode();
    }

    [Theory]
    [InlineData("skip=-1"), InlineData("take=-1"), InlineData("skip=-1&take=2000000000")]
    public async Task A_piece_before_the_beginning_or_of_no_size_is_no_error(string piece)
    {
        using var ops = Host.Client();
        Assert.Equal(0, (await ops.GetFromJsonAsync<Page<ParkedMessage>>($"/parked-messages?{piece}", House.Options, Ct))?.Total);
    }
}
