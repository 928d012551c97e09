using System.Net;
using Ical.Net;
using MiniExcelLibs;
using SkiaSharp;
using Training.Foundation;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;
using ZXing;

namespace Training.Portal.Tests;

public sealed class DownloadsTests : IAsyncDisposable
{
    readonly PortalHost portal = new();

    [Theory]
    [InlineData("needs", "en", "C07 Complaint handling, recovery")]
    [InlineData("needs", "zh-CN", "C07 投诉处理与服务补救")]
    [InlineData("gaps", "en", "C12 Premium cleaning and surfaces")]
    [InlineData("survey", "en", "First response is prompt")]
    [InlineData("plan", "en", "K03 Complaint handling and service recovery")]
    [InlineData("runs", "en", "No trainer is free.")]
    [InlineData("proposal", "en", "Post LOBBY of EST-01 can spare 9 of the 12 people needed.")]
    [InlineData("proposal", "zh-CN", "林讲师")]
    [InlineData("proposal", "zh-CN", "E1 管家, E2 保洁员")]
    [InlineData("lines", "en", "Yunlu Shanghai")]
    [InlineData("lines", "en", "EST-01 西溪别院")]
    [InlineData("results", "en", "K03 Complaint handling and service recovery")]
    [InlineData("findings", "en", "A-07")]
    [InlineData("employees", "en", "E1")]
    [InlineData("certificates", "en", "E1")]
    [InlineData("quarantine", "en", "unknown-estate")]
    [InlineData("team", "en", "E1")]
    [InlineData("audit", "en", "lin@yl")]
    public async Task A_list_is_taken_along_as_a_workbook(string name, string culture, string expected)
    {
        using var reader = portal.Reader(culture);

        var rows = (await (await reader.GetStreamAsync($"/downloads/{name}.xlsx?year=2027&id={PlayedServices.Proposal}", TestContext.Current.CancellationToken)).Workbook()).ToList();

        Assert.Contains(rows.SelectMany(row => row.Values), cell => expected.Equals(cell?.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_workbook_keeps_the_filters_of_the_page()
    {
        using var reader = portal.Reader("en");

        await reader.GetByteArrayAsync("/downloads/needs.xlsx?state=Approved&region=HZ", TestContext.Current.CancellationToken);

        Assert.Contains("/needs?take=10000&state=Approved&region=HZ", portal.Played.Asked("NeedsAssessment"));
    }

    [Fact]
    public async Task Without_its_service_there_is_no_workbook()
    {
        portal.Played.Off.Add("NeedsAssessment");
        using var reader = portal.Reader("en");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await reader.GetAsync("/downloads/needs.xlsx", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task Of_what_one_may_not_see_there_is_no_workbook()
    {
        portal.Played.Closed.Add("Budgeting");
        using var reader = portal.Reader("en");

        Assert.Equal(HttpStatusCode.Forbidden, (await reader.GetAsync("/downloads/lines.xlsx", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task Another_reader_of_the_calendar_finds_the_same_instants()
    {
        using var reader = portal.Reader("zh-CN", Role.Employee);

        var text = await reader.GetStringAsync("/my/calendar.ics", TestContext.Current.CancellationToken);

        var session = Assert.Single(Calendar.Load(text)?.Events ?? throw new InvalidDataException("No calendar."));
        Assert.Equal(new DateTime(2027, 1, 6, 1, 0, 0, DateTimeKind.Utc), session.Start?.AsUtc);
        Assert.Equal(new DateTime(2027, 1, 6, 4, 0, 0, DateTimeKind.Utc), session.End?.AsUtc);
        Assert.Equal("K03 投诉处理与服务补救", session.Summary);
        Assert.Equal($"{PlayedServices.Session}@training-platform", session.Uid);
        Assert.Contains("TZID:Asia/Shanghai", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_is_a_pdf_with_its_letters_and_its_code()
    {
        using var reader = portal.Reader("zh-CN", Role.Employee);

        using var answer = await reader.GetAsync($"/my/certificates/{PlayedServices.Course}.pdf", TestContext.Current.CancellationToken);

        Assert.Equal("application/pdf", answer.Content.Headers.ContentType?.MediaType);
        var pdf = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        using var document = PdfDocument.Open(pdf);
        var page = document.GetPage(1);
        Assert.Contains("投诉处理与服务补救", page.Text, StringComparison.Ordinal);
        Assert.Equal("http://localhost/c/YL.1", Scanned(Assert.Single(page.GetImages())));
    }

    static string? Scanned(IPdfImage image)
    {
        using var picture = SKBitmap.Decode(image.RawBytes) ?? throw new InvalidDataException("The picture is no JPEG.");
        var pixels = picture.Pixels.SelectMany(pixel => new[] { pixel.Red, pixel.Green, pixel.Blue }).ToArray();
        return new BarcodeReaderGeneric().Decode(new RGBLuminanceSource(pixels, picture.Width, picture.Height))?.Text;
    }

    [Theory]
    [InlineData("/my/calendar.ics")]
    [InlineData("/my/certificates/00000000-0000-0000-0000-000000000031.pdf")]
    public async Task Who_is_no_employee_has_none(string path)
    {
        using var reader = portal.Reader("en");

        Assert.Equal(HttpStatusCode.NotFound, (await reader.GetAsync(path, TestContext.Current.CancellationToken)).StatusCode);
    }

    public ValueTask DisposeAsync() => portal.DisposeAsync();
}

static class Workbooks
{
    /// <summary>Read by the library's reader from a stream of its own.</summary>
    public static async Task<IEnumerable<IDictionary<string, object?>>> Workbook(this Stream stream)
    {
        var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        copy.Position = 0;
        return copy.Query(useHeaderRow: true).Cast<IDictionary<string, object?>>().ToList();
    }
}
