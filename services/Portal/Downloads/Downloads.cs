using MiniExcelLibs;
using Microsoft.Extensions.Localization;
using Training.Portal.Clients;

namespace Training.Portal.Downloads;

/// <summary>The table of contents: what can be taken along.</summary>
static class Downloads
{
    const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static void MapDownloads(this IEndpointRouteBuilder app)
    {
        app.MapGet("/my/calendar.ics", CalendarFeed.Handle);
        app.MapGet("/my/certificates/{courseId:guid}.pdf", CertificatePdf.Handle);
        app.MapSheet("needs", Sheets.Needs);
        app.MapSheet("gaps", Sheets.Gaps);
        app.MapSheet("survey", Sheets.Survey);
        app.MapSheet("plan", Sheets.Plan);
        app.MapSheet("runs", Sheets.Runs);
        app.MapSheet("proposal", Sheets.Proposal);
        app.MapSheet("lines", Sheets.Lines);
        app.MapSheet("results", Sheets.Results);
        app.MapSheet("findings", Sheets.Findings);
        app.MapSheet("employees", Sheets.Employees);
        app.MapSheet("certificates", Sheets.Certificates);
        app.MapSheet("quarantine", Sheets.Quarantine);
        app.MapSheet("team", Sheets.Team);
        app.MapSheet("audit", Sheets.Audit);
    }

    internal sealed record Desk(Backend Backend, Names Names, IStringLocalizer<Shared> L, Refusals Refusals, IQueryCollection Query);

    /// <summary>A list as XLSX: the filters of the address, the headings of the page.</summary>
    static void MapSheet(this IEndpointRouteBuilder app, string name, Func<Desk, Task<Answer<IReadOnlyList<Dictionary<string, object?>>>>> rows) =>
        app.MapGet($"/downloads/{name}.xlsx", async (HttpContext http, Backend backend, Names names, IStringLocalizer<Shared> texts, Refusals refusals) =>
        {
            var answer = await rows(new(backend, names, texts, refusals, http.Request.Query));
            if (answer.Reply == Reply.Refused) return Results.Problem(statusCode: StatusCodes.Status403Forbidden, title: texts["Refusal.forbidden"]);
            if (answer.Reply == Reply.Silent) return Results.Problem(statusCode: StatusCodes.Status503ServiceUnavailable, title: "A service did not answer.");
            var found = answer.Value ?? [];
            var sheet = new MemoryStream();
            await sheet.SaveAsAsync(found.Count > 0 ? found : [new Dictionary<string, object?> { [texts["NothingYet"]] = "" }]);
            sheet.Position = 0;
            return Results.File(sheet, Xlsx, $"{name}.xlsx");
        });
}
