using System.Net.Sockets;
using System.Text;

namespace Garm.Fuzz.Tests.Requests;

/// <summary>An answer; status 0 when the connection ended without one.</summary>
internal sealed record RawAnswer(int Status, string Body);

/// <summary>Sends bytes unchanged, each request on its own connection: a client library would correct invalid requests.</summary>
internal static class RawHttp
{
    private const int MostOfABody = 1 << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <exception cref="OperationCanceledException">The server neither answered nor closed the connection.</exception>
    public static async Task<RawAnswer> SendAsync(Uri server, byte[] request, bool endsEarly)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(server.Host, server.Port, limit.Token);
        var answer = new MemoryStream();
        try
        {
            var stream = client.GetStream();
            await stream.WriteAsync(request, limit.Token);

            // Closing the sending side would end the request, even a complete one.
            if (endsEarly) client.Client.Shutdown(SocketShutdown.Send);
            var buffer = new byte[16 * 1024];
            int read;
            while (answer.Length < MostOfABody && (read = await stream.ReadAsync(buffer, limit.Token)) > 0)
            {
                answer.Write(buffer, 0, read);
                if (IsEndless(answer)) break;
            }
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            // The answer received before is used.
        }

        var text = Encoding.UTF8.GetString(answer.GetBuffer(), 0, (int)answer.Length);
        var status = text.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) && text.Length > 12 && int.TryParse(text.AsSpan(9, 3), out var number) ? number : 0;
        var body = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return new RawAnswer(status, body < 0 ? "" : Unchunk(text, text[(body + 4)..]));
    }

    // Streams of events continue until the client closes.
    private static bool IsEndless(MemoryStream answer)
    {
        var head = Encoding.ASCII.GetString(answer.GetBuffer(), 0, (int)Math.Min(answer.Length, 1000));
        return head.Contains("text/event-stream", StringComparison.Ordinal) || head.Contains("application/x-ndjson", StringComparison.Ordinal);
    }

    // Values are learnt from bodies of one chunk; the JSON of others is not complete here.
    private static string Unchunk(string text, string body)
    {
        if (!text.Contains("Transfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase)) return body;
        var start = body.IndexOf("\r\n", StringComparison.Ordinal);
        return start < 0 || !int.TryParse(body[..start], System.Globalization.NumberStyles.HexNumber, null, out var length)
            ? ""
            : body.Substring(start + 2, Math.Min(length, body.Length - start - 2));
    }
}
