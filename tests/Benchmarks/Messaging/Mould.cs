using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using RabbitMQ.Client;
using Training.Foundation;

namespace Training.Benchmarks.Messaging;

/// <summary>Makes more messages like one that was really sent: the same bytes but for the ids.</summary>
sealed partial class Mould(RawMessage pattern)
{
    readonly string body = Encoding.UTF8.GetString(pattern.Body.Span);
    readonly string message = IdOf(pattern).ToString();

    public IEnumerable<RawMessage> Cast(int count) => Enumerable.Range(0, count).Select(_ => Cast(Guid.CreateVersion7(), Guid.CreateVersion7()));

    RawMessage Cast(Guid id, Guid stream)
    {
        var text = body.Replace(message, id.ToString(), StringComparison.OrdinalIgnoreCase);
        if (StreamOf(body) is { Length: > 0 } old) text = text.Replace(old, stream.ToString(), StringComparison.OrdinalIgnoreCase);
        var headers = pattern.Properties.Headers?.ToDictionary(header => header.Key, header => header.Key switch
        {
            Header.Stream => Encoding.UTF8.GetBytes(stream.ToString()),
            _ => header.Value is byte[] value && Encoding.UTF8.GetString(value).Equals(message, StringComparison.OrdinalIgnoreCase) ? Encoding.UTF8.GetBytes(id.ToString()) : header.Value,
        });
        return new(Encoding.UTF8.GetBytes(text), new BasicProperties(pattern.Properties) { MessageId = id.ToString(), Headers = headers });
    }

    public static Guid IdOf(RawMessage message) => Guid.Parse(message.Properties.MessageId ?? throw new InvalidOperationException("A message without an id."));

    /// <summary>From the headers inside the envelope; empty where it has none.</summary>
    public static string StreamOf(string body) => Stream().Match(body).Groups[1].Value;

    public static long VersionOf(string body) => long.Parse(Version().Match(body).Groups[1].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex($"\"{Header.Stream}\"\\s*:\\s*\"([0-9a-fA-F-]{{36}})\"")]
    private static partial Regex Stream();

    [GeneratedRegex($"\"{Header.Version}\"\\s*:\\s*\"?([0-9]+)")]
    private static partial Regex Version();
}
