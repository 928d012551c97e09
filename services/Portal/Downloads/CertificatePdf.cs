using System.Globalization;
using Microsoft.Extensions.Localization;
using SkiaSharp;
using Training.Portal.Frame;
using Training.Portal.Clients;

namespace Training.Portal.Downloads;

/// <summary>A certificate on A4 landscape (842 × 595 points), with a QR code that leads to its public check.</summary>
sealed class CertificatePdf(IConfiguration configuration)
{
    const float Width = 842, Height = 595;

    // Debian's fonts-noto-cjk; another file is named by Fonts:Certificate.
    static readonly string[] Fonts = ["/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", "/usr/share/fonts/truetype/noto/NotoSansCJK-Regular.ttc"];

    internal static async Task<IResult> Handle(Guid courseId, HttpContext http, Backend backend, Visitors visitors, Names names, CertificatePdf pdf, IStringLocalizer<Shared> texts)
    {
        if ((await visitors.Current()).Employee is not { } employee) return Results.NotFound();
        var held = await backend.Get<Listing<HeldCertificateView>>("Evaluation", $"/certificates?employeeId={employee}&take=1000");
        if (held.Reply == Reply.Silent) return Results.Problem(statusCode: StatusCodes.Status503ServiceUnavailable, title: "Evaluation did not answer.");
        if (held.Value?.Items.FirstOrDefault(one => one.CourseId == courseId) is not { } certificate) return Results.NotFound();
        var person = (await backend.Get<EmployeeSheetView>("Workforce", $"/employees/{employee}")).Value?.Employee;
        if (pdf.FontFile is not { } font) return Results.Problem(statusCode: StatusCodes.Status503ServiceUnavailable, title: "There is no font with Chinese letters on the server: install fonts-noto-cjk or set Fonts:Certificate.");
        var address = $"{http.Request.Scheme}://{http.Request.Host}/c/{certificate.Code}";
        return Results.File(Draw(certificate, person is null ? "" : $"{person.EmployeeNo} · {names.Position(person.PositionCode)}", address, font, texts), "application/pdf", $"{certificate.CourseCode}.pdf");
    }

    string? FontFile => configuration["Fonts:Certificate"] ?? Fonts.FirstOrDefault(File.Exists);

    internal static byte[] Draw(HeldCertificateView certificate, string holder, string address, string fontFile, IStringLocalizer<Shared> texts)
    {
        using var stream = new MemoryStream();
        using (var document = SKDocument.CreatePdf(stream, new SKDocumentPdfMetadata { Title = texts["CertificateTitle"], Creator = "Training Platform" }))
        {
            using var typeface = Simplified(fontFile);
            var canvas = document.BeginPage(Width, Height);
            using var frame = new SKPaint { Style = SKPaintStyle.Stroke, StrokeWidth = 2, Color = new(0x0b, 0x3b, 0x8c) };
            canvas.DrawRect(28, 28, Width - 56, Height - 56, frame);
            frame.StrokeWidth = 0.7f;
            canvas.DrawRect(36, 36, Width - 72, Height - 72, frame);

            Write(texts["CertificateTitle"], 130, 36, new(0x0b, 0x3b, 0x8c));
            Write(texts["CertificateText"], 190, 15, new(0x4b, 0x55, 0x63));
            Write($"{certificate.Title}", 250, 28, SKColors.Black);
            Write(certificate.TitleEnglish, 284, 15, new(0x4b, 0x55, 0x63));
            Write(holder, 335, 17, SKColors.Black);
            Write($"{texts["Holder"]}  {certificate.Holder}", 362, 12, new(0x4b, 0x55, 0x63));
            var until = certificate.ValidTo.Year == 9999 ? texts["ForEver"].Value : certificate.ValidTo.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            Write($"{texts["ValidFrom"]} {certificate.ValidFrom:yyyy-MM-dd}    {texts["ValidTo"]} {until}", 395, 13, SKColors.Black);

            using var code = SKImage.FromEncodedData(QrCode.Png(address, 8));
            canvas.DrawImage(code, SKRect.Create(Width / 2 - 55, 415, 110, 110), new SKSamplingOptions(SKFilterMode.Nearest));
            Write(texts["CertificateScan"], 540, 10, new(0x4b, 0x55, 0x63));
            document.EndPage();
            document.Close();

            void Write(string text, float y, float size, SKColor colour)
            {
                using var font = new SKFont(typeface, size);
                using var paint = new SKPaint { Color = colour, IsAntialias = true };
                canvas.DrawText(text, Width / 2, y, SKTextAlign.Center, font, paint);
            }
        }
        return stream.ToArray();
    }

    /// <summary>A collection holds one face per region; the simplified Chinese one has its strokes.</summary>
    static SKTypeface Simplified(string file)
    {
        for (var index = 0; index < 16; index++)
        {
            if (SKTypeface.FromFile(file, index) is not { } face) break;
            if (face.FamilyName.EndsWith("SC", StringComparison.Ordinal)) return face;
            face.Dispose();
        }
        return SKTypeface.FromFile(file) ?? throw new InvalidDataException($"{file} is no font.");
    }
}
