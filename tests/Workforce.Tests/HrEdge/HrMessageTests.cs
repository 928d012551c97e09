using System.Text;
using Training.Foundation;
using Training.Workforce.HrEdge;

namespace Training.Workforce.Tests.HrEdge;

public class HrMessageTests
{
    static string Json(string source = "/hr/test/YL", string type = "cn.trainingplatform.hr.x.v1", string sequence = "0042", string data = "{}") =>
        $$"""{"specversion":"1.0","id":"1","source":"{{source}}","type":"{{type}}","time":"2027-01-04T01:30:00Z","sequence":"{{sequence}}","data":{{data}}}""";

    static HrMessage Parse(string json) => HrMessage.Parse(Encoding.UTF8.GetBytes(json), "YL");

    [Fact]
    public void A_sound_message_is_understood()
    {
        var message = Parse(Json());
        Assert.Equal(("/hr/test/YL", "1", "hr.x.v1", "YL", 42L, "1"), (message.Source, message.Id, message.Type, message.Tenant, message.Sequence, message.CorrelationId));
        Assert.Equal(new DateOnly(2027, 1, 4), message.Day);
    }

    [Theory]
    [InlineData("not json at all", "not-a-cloud-event")]
    [InlineData("""{"hello":"world"}""", "not-a-cloud-event")]
    [InlineData("[]", "not-a-cloud-event")]
    [InlineData("", "not-a-cloud-event")]
    public void What_is_no_cloud_event_is_refused(string body, string code) => Assert.Equal(code, Assert.Throws<RuleBroken>(() => Parse(body)).Code);

    [Fact]
    public void What_cannot_be_placed_is_refused()
    {
        Refuses("unknown-source", Json(source: "urn:somewhere"));
        Refuses("tenant-mismatch", Json(source: "/hr/test/OTHER"));
        Refuses("tenant-mismatch", Json(data: """{"tenantId":"OTHER"}"""));
        Refuses("unknown-type", Json(type: "com.example.thing"));
        Refuses("malformed-sequence", Json(sequence: "1a"));
        Refuses("malformed-data", Json(data: "[1]"));
    }

    [Theory]
    [InlineData("hr.employee.hired.v1.YL", "YL")]
    [InlineData("hr", "unassigned")]
    [InlineData("hr.", "unassigned")]
    [InlineData("hr.employee.hired.v1", "unassigned")]
    [InlineData("hr.employee.hired.v12", "unassigned")]
    [InlineData("hr.employee.hired.v1.v", "v")]
    [InlineData("hr.employee.hired.v1.VK1", "VK1")]
    public void The_routing_key_ends_with_the_tenant(string key, string tenant) => Assert.Equal(tenant, HrMessage.TenantOf(key));

    static void Refuses(string code, string json) => Assert.Equal(code, Assert.Throws<RuleBroken>(() => Parse(json)).Code);
}
