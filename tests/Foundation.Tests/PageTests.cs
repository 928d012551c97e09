using Marten;
using Microsoft.Extensions.DependencyInjection;
using Training.Budgeting.Lines;

namespace Training.Foundation.Tests;

[Collection<WithHost>]
public class PageTests(BudgetingHost host)
{
    [Fact]
    public async Task A_page_is_a_piece_and_tells_how_long_the_list_is()
    {
        const string tenant = "PAGES";
        var store = host.Services.GetRequiredService<IDocumentStore>();
        await using (var session = store.LightweightSession(tenant))
        {
            foreach (var number in Enumerable.Range(0, 120))
            {
                var id = Guid.CreateVersion7();
                session.Events.StartStream<BudgetLine>(id, new LinePlanned(
                    new(id), new(2027, "2027Q1", $"BL-{number:000}", "YL-HZ", "FC2", [], true), new(1, "CNY"), OnOverrun.Stop, 0.85m, DateTimeOffset.UnixEpoch));
            }
            await session.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        await using var query = store.QuerySession(tenant);
        Task<Page<string>> Page(int? skip, int? take) =>
            query.Query<BudgetLine>().OrderBy(line => line.Purpose.Code).Page(line => line.Purpose.Code, skip, take, TestContext.Current.CancellationToken);

        Assert.True(await Page(null, null) is { Total: 120, Items: { Count: 100 } first } && first[0] == "BL-000");
        Assert.True(await Page(100, 50) is { Total: 120, Items: { Count: 20 } rest } && rest[0] == "BL-100");
        Assert.True(await Page(10, 2) is { Total: 120, Items: ["BL-010", "BL-011"] });
        Assert.True(await Page(500, null) is { Total: 120, Items: [] });
    }
}
