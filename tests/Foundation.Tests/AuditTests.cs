using System.Net.Http.Json;

namespace Training.Foundation.Tests;

[Collection<WithHost>]
public class AuditTests(BudgetingHost host)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_did_what_and_when_is_told_from_the_facts()
    {
        var (line, another, before) = (Guid.CreateVersion7(), Guid.CreateVersion7(), DateTimeOffset.UtcNow.AddMinutes(-1));
        foreach (var id in new[] { line, another })
            (await host.Client(Role.FinanceController).PutAsJsonAsync($"/lines/{id}", new
            {
                year = 2027, quarter = "2027Q4", code = "BL-02", legalEntity = "YL-HZ", fundCategory = "FC2", frontLine = true, amount = 10, currency = "CNY", onOverrun = "Stop", warnAt = 0.85,
            }, Ct)).EnsureSuccessStatusCode();

        var entry = Assert.Single((await Ask($"?stream={line}")).Items);
        Assert.Equal(("LinePlanned", "test-finance-controller", line, 1L), (entry.Fact, entry.Actor, entry.Stream, entry.Version));
        Assert.InRange(entry.At, before, DateTimeOffset.UtcNow.AddMinutes(1));
        Assert.NotEqual("", entry.CorrelationId);

        Assert.Single((await Ask($"?actor=test-finance-controller&from={before:yyyy-MM-ddTHH:mm:ssZ}&stream={line}")).Items);
        Assert.Empty((await Ask($"?actor=somebody-else&stream={line}")).Items);
        Assert.Empty((await Ask($"?stream={line}&to={before:yyyy-MM-ddTHH:mm:ssZ}")).Items);
        var newest = await Ask("?actor=test-finance-controller&take=1");
        Assert.Equal(another, Assert.Single(newest.Items).Stream);
        Assert.True(newest.Total >= 2);
    }

    async Task<Page<AuditEntry>> Ask(string query) =>
        await host.Client(Role.Ops).GetFromJsonAsync<Page<AuditEntry>>($"/audit{query}", House.Options, Ct) ?? throw new InvalidOperationException("No answer.");
}
