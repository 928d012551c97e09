using System.Text.Encodings.Web;
using System.Text.Json;
using Training.Foundation;

namespace Training.Testing;

/// <summary>JSON as the services write it, indented for people.</summary>
public static class House
{
    public static readonly JsonSerializerOptions Options = Create();

    public static string Json(object value) => $"{value.GetType().Name} {JsonSerializer.Serialize(value, value.GetType(), Options)}";

    static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        options.UseHouseStyle();
        return options;
    }
}
