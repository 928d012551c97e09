using System.Net;
using System.Net.Http.Json;
using Training.Foundation;
using Training.NeedsAssessment.Needs;
using Training.NeedsAssessment.Requests;

namespace Training.NeedsAssessment.Tests;

[Collection<WithHost>]
public class RequestHostTests(NeedsHost host)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static Task<HttpResponseMessage> Ask(HttpClient client, Guid person, string subject) =>
        client.PutAsJsonAsync($"/employees/{person}/training-requests/{subject}", new { why = "Night shifts alone" }, House.Options, Ct);

    static async Task<RequestCard> Only(HttpClient client, string path) => Assert.Single((await client.GetFromJsonAsync<Page<RequestCard>>(path, House.Options, Ct))?.Items ?? []);

    [Fact]
    public async Task A_request_reaches_its_manager_its_person_and_the_board()
    {
        var estate = await host.OpenEstate("HZ");
        await host.PublishStandard("R1", NeedsHost.Require("C13", 3));
        var people = await host.Hire(2, estate, "R1");
        var (employee, manager) = (host.Client(Role.Employee, $"self:{people[0]}"), host.Client(Role.EstateManager, $"estate:{estate}"));

        await NeedsHost.Ok(await Ask(employee, people[0], "C13"));
        await NeedsHost.Ok(await Ask(employee, people[0], "C13"));
        await NeedsHost.Ok(await Ask(manager, people[1], "C13"));
        await NeedsHost.Refused(await Ask(manager, people[1], "C99"), "no-gap");
        var own = await Only(employee, $"/employees/{people[0]}/training-requests");
        Assert.Equal((RequestOrigin.Employee, RequestState.Submitted, "C13", "Night shifts alone"), (own.Origin, own.State, own.Subject, own.Why));
        Assert.Equal(2, (await manager.GetFromJsonAsync<Page<RequestCard>>("/training-requests?state=Submitted", House.Options, Ct))?.Total);

        await NeedsHost.Refused(await manager.PostAsJsonAsync($"/training-requests/{own.Id}/defer", new { reason = " " }, Ct), "no-reason");
        await NeedsHost.Ok(await manager.PostAsJsonAsync($"/training-requests/{own.Id}/defer", new { reason = "After the peak" }, Ct));
        Assert.Equal((RequestState.Deferred, "After the peak"), ((await Only(employee, $"/employees/{people[0]}/training-requests")).State, (await Only(manager, "/training-requests?state=Deferred")).Because));
        await NeedsHost.Ok(await manager.PostAsJsonAsync($"/training-requests/{own.Id}/approve", new { }, Ct));
        var approved = await Only(employee, $"/employees/{people[0]}/training-requests");
        Assert.Equal(RequestState.Approved, approved.State);
        Assert.NotNull(approved.LeadTimeHours);
        var summary = await manager.GetFromJsonAsync<RequestSummary>($"/training-requests/summary?estateId={estate}", House.Options, Ct);
        Assert.Equal((1, 0, 1, 0, approved.LeadTimeHours), (summary?.Submitted, summary?.Deferred, summary?.Approved, summary?.Rejected, summary?.MeanLeadTimeHours));

        await host.Post("/needs/refresh", new { });
        var need = Assert.Single((await host.Get<Page<NeedCard>>("/needs?competencyCode=C13&positionCode=R1"))?.Items ?? []);
        Assert.Equal([own.Id], need.RequestIds);
        Assert.Equal(2, need.Heads);

        await NeedsHost.Ok(await host.Assess(people[..1], new() { ["C13"] = 3 }));
        await host.Post("/needs/refresh", new { });
        Assert.Equal(RequestState.Ended, (await Only(employee, $"/employees/{people[0]}/training-requests")).State);
        Assert.Empty(Assert.Single((await host.Get<Page<NeedCard>>("/needs?competencyCode=C13&positionCode=R1"))?.Items ?? []).RequestIds);
        await host.PublishStandard("R1", NeedsHost.Require("C13", 5));
        await Eventually.True(async () => await Ask(employee, people[0], "C13") is { IsSuccessStatusCode: true }, "the gap is open again");
        Assert.Equal((own.Id, RequestState.Submitted), await Only(employee, $"/employees/{people[0]}/training-requests") is var again ? (again.Id, again.State) : default);
    }

    [Fact]
    public async Task Only_the_manager_of_the_person_judges_and_nobody_a_request_of_their_own()
    {
        var estate = await host.OpenEstate("HZ");
        await host.PublishStandard("R2", NeedsHost.Require("C14", 3));
        var person = (await host.Hire(1, estate, "R2"))[0];
        var (employee, another) = (host.Client(Role.Employee, $"self:{person}"), host.Client(Role.EstateManager, $"estate:{Guid.CreateVersion7()}"));
        await NeedsHost.Ok(await Ask(employee, person, "C14"));
        var id = (await Only(employee, $"/employees/{person}/training-requests")).Id;

        Assert.Equal(HttpStatusCode.Forbidden, (await Ask(another, person, "C14")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await Ask(host.Client(Role.Employee, $"self:{Guid.CreateVersion7()}"), person, "C14")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await another.PostAsync($"/training-requests/{id}/approve", null, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await employee.PostAsync($"/training-requests/{id}/approve", null, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await host.Client([new(Role.EstateManager, $"estate:{estate}"), new(Role.Employee, $"self:{person}")]).PostAsync($"/training-requests/{id}/approve", null, Ct)).StatusCode);
        Assert.Equal(0, (await another.GetFromJsonAsync<Page<RequestCard>>("/training-requests", House.Options, Ct))?.Total);

        var stranger = host.Client(Role.GroupTrainingManager, tenant: "OTHER");
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.PostAsync($"/training-requests/{id}/approve", null, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/employees/{person}/training-requests", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Ask(stranger, person, "C14")).StatusCode);
    }
}
