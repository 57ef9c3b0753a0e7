using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Garm.Golden.Sockets;

/// <summary>The opening handshake, implemented here so that a refusal can be read like any other answer.</summary>
internal static class Handshake
{
    private const string AcceptSuffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /// <summary>Sends the request and reads the answer, including the body of a refusal.</summary>
    public static async Task<HandshakeAnswer> PerformAsync(
        Stream output,
        Stream input,
        Uri server,
        string path,
        IReadOnlyDictionary<string, string> headers,
        CancellationToken cancellationToken)
    {
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        var request = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Host"] = server.Authority,
            ["Connection"] = "Upgrade",
            ["Upgrade"] = "websocket",
            ["Sec-WebSocket-Version"] = "13",
            ["Sec-WebSocket-Key"] = key,
        };
        foreach (var (name, value) in headers) request[name] = value;

        var text = new StringBuilder($"GET {path} HTTP/1.1\r\n");
        foreach (var (name, value) in request) text.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        text.Append("\r\n");
        await output.WriteAsync(Encoding.ASCII.GetBytes(text.ToString()), cancellationToken);

        var answer = await ReadHeadAsync(input, cancellationToken);
        if (answer.Status != 101) return answer with { Body = await ReadBodyAsync(input, answer, cancellationToken) };

        var accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + AcceptSuffix)));
        return answer.Headers.GetValueOrDefault("sec-websocket-accept") == accept
            ? answer
            : throw new InvalidDataException("the server accepted the handshake with another Sec-WebSocket-Accept");
    }

    private static async Task<HandshakeAnswer> ReadHeadAsync(Stream input, CancellationToken cancellationToken)
    {
        var statusLine = (await ReadLineAsync(input, cancellationToken)).Split(' ', 3);
        var status = int.Parse(statusLine[1], CultureInfo.InvariantCulture);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (await ReadLineAsync(input, cancellationToken) is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':');
            headers[line[..colon]] = line[(colon + 1)..].Trim();
        }

        return new HandshakeAnswer(status, headers, "");
    }

    private static async Task<string> ReadBodyAsync(
        Stream input,
        HandshakeAnswer answer,
        CancellationToken cancellationToken)
    {
        var body = new MemoryStream();
        if (answer.Headers.GetValueOrDefault("transfer-encoding") == "chunked")
        {
            while (int.Parse(await ReadLineAsync(input, cancellationToken), NumberStyles.HexNumber) is var size and > 0)
            {
                await CopyAsync(input, body, size, cancellationToken);
                await ReadLineAsync(input, cancellationToken);
            }
        }
        else if (answer.Headers.TryGetValue("content-length", out var length))
        {
            await CopyAsync(input, body, int.Parse(length, CultureInfo.InvariantCulture), cancellationToken);
        }
        else
        {
            await input.CopyToAsync(body, cancellationToken);
        }

        return Encoding.UTF8.GetString(body.ToArray());
    }

    private static async Task CopyAsync(Stream input, MemoryStream body, int count, CancellationToken cancellationToken)
    {
        var bytes = new byte[count];
        await input.ReadExactlyAsync(bytes, cancellationToken);
        body.Write(bytes);
    }

    private static async Task<string> ReadLineAsync(Stream input, CancellationToken cancellationToken)
    {
        var line = new List<byte>();
        var one = new byte[1];
        while (true)
        {
            await input.ReadExactlyAsync(one, cancellationToken);
            if (one[0] == '\n') return Encoding.ASCII.GetString([.. line]).TrimEnd('\r');
            line.Add(one[0]);
        }
    }
}

/// <summary>The server's answer to a handshake; 101 has no body.</summary>
internal sealed record HandshakeAnswer(int Status, IReadOnlyDictionary<string, string> Headers, string Body);
