using QRCoder;

namespace Training.Portal;

/// <summary>QR codes as pictures that stand in the page itself.</summary>
static class QrCode
{
    public static string AsImage(string text) => $"data:image/png;base64,{Convert.ToBase64String(Png(text, 6))}";

    public static byte[] Png(string text, int pixelsPerModule)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        using var code = new PngByteQRCode(data);
        return code.GetGraphic(pixelsPerModule);
    }
}
