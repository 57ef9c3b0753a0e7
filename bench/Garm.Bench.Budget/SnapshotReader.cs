using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace Garm.Bench.Budget;

/// <summary>Reads snapshots as lines, as fast as they come.</summary>
internal sealed class SnapshotReader(Uri hub, string token)
{
    private static readonly string Path =
        "/api/v1/events/stream?cursor=snapshot&filter=" + Uri.EscapeDataString("""{"filters":[{"entity-type":"instance"}]}""");

    /// <summary>Reads one snapshot to its end; gives its rows and the seconds that they took.</summary>
    public async Task<(long Rows, double Seconds)> ReadAsync()
    {
        using var http = new HttpClient { BaseAddress = hub, Timeout = TimeSpan.FromMinutes(5) };
        using var request = Request();
        var since = Stopwatch.GetTimestamp();
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        answer.EnsureSuccessStatusCode();
        await using var stream = await answer.Content.ReadAsStreamAsync();
        return (await CountAsync(stream), Stopwatch.GetElapsedTime(since).TotalSeconds);
    }

    /// <summary>Opens a snapshot and reads nothing of it, until it is disposed of.</summary>
    public async Task<IDisposable> StallAsync()
    {
        var client = new TcpClient { ReceiveBufferSize = 4096 };
        await client.ConnectAsync(hub.Host, hub.Port);
        var head = $"GET {Path} HTTP/1.1\r\nHost: {hub.Authority}\r\nAuthorization: Bearer {token}\r\nAccept: application/x-ndjson\r\n\r\n";
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head));
        return client;
    }

    // The rows are told from the control frames by their number: all but the first line up to the one that ends the snapshot.
    private static async Task<long> CountAsync(Stream stream)
    {
        var buffer = new byte[1 << 16];
        var end = "\"snapshot-end\""u8.ToArray();
        var kept = 0;
        long lines = 0;
        while (await stream.ReadAsync(buffer.AsMemory(kept)) is var count and > 0)
        {
            var filled = buffer.AsMemory(0, kept + count);
            lines += Count(filled.Span[kept..]);
            if (filled.Span.IndexOf(end) >= 0) return lines;
            kept = Math.Min(end.Length, filled.Length);
            filled[^kept..].CopyTo(buffer);
        }

        throw new InvalidOperationException($"the snapshot ended after {lines} lines");
    }

    private static int Count(ReadOnlySpan<byte> text) => text.Count((byte)'\n');

    private HttpRequestMessage Request()
    {
        var request = new HttpRequestMessage(HttpMethod.Get, Path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Accept.ParseAdd("application/x-ndjson");
        return request;
    }
}
