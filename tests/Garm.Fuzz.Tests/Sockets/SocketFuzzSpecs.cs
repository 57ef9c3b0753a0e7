using System.Text;
using System.Text.RegularExpressions;
using Garm.Fuzz.Tests.Support;
using Garm.TestUtilities;
using Xunit.Abstractions;

namespace Garm.Fuzz.Tests.Sockets;

/// <summary>
/// For any frames in any order, each connection ends with a close code of
/// <c>docs/close-codes.md</c> or the client's own, never with an internal error, and the hub goes on serving.
/// </summary>
public abstract partial class SocketFuzzSpecs(bool onPostgreSql, ITestOutputHelper output)
{
    private const int BetweenChecks = 250;
    private const int InternalError = 1011;

    private static readonly HashSet<int> Documented =
    [
        .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "close-codes.md"))
            .Select(x => Row().Match(x)).Where(x => x.Success).Select(x => int.Parse(x.Groups[1].Value)).Where(x => x != InternalError),
    ];

    [LongFact]
    public async Task NoSequenceOfFrames_MakesTheServerFail()
    {
        await using var hub = await FuzzedHub.StartAsync(onPostgreSql);
        var bounds = new FuzzBounds();
        var codes = new SortedDictionary<string, int>();
        var (number, frames) = (0, 0);
        for (; bounds.Has(number); number++)
        {
            var chances = bounds.ChancesOf(number);
            var sent = Enumerable.Range(0, chances.Next(1, 7)).Select(_ => FrameMaker.Make(chances)).ToList();
            frames += sent.Count;

            sent.Add(FrameMaker.Goodbye(chances));

            // A frame that was cut off, or an announced length without its bytes, swallows the close frame, and the hub waits for the rest.
            var hangsUp = chances.Next(4) == 0 || !FrameMaker.EndsWithAFrame([.. sent.SelectMany(x => x)]);
            var handshake = Handshake(hub, chances);
            var end = await FuzzedSocket.RunAsync(hub.BaseUrl, handshake, sent, hangsUp);
            var told = $"{(end.Status == 101 ? end.Code?.ToString() ?? "none" : $"status {end.Status}")}";
            codes[told] = codes.GetValueOrDefault(told) + 1;
            var fault = FaultOf(end, sent);
            if (number % BetweenChecks == BetweenChecks - 1) fault ??= await hub.FindFaultAsync();
            else fault ??= hub.FindLoggedFault();
            if (fault is not null)
                Assert.Fail($"GARM_FUZZ_SEED={bounds.Seed}, sequence {number}: {fault}\n\n{Encoding.Latin1.GetString(handshake)}{string.Join('\n', sent.Select(Convert.ToHexStringLower))}");
        }

        if (await hub.FindFaultAsync() is { } last) Assert.Fail($"GARM_FUZZ_SEED={bounds.Seed}, after {number} sequences: {last}");
        output.WriteLine($"seed {bounds.Seed}: {number} sequences, {frames} frames in {bounds.Elapsed.TotalSeconds:F0} s; ends: "
            + string.Join(", ", codes.Select(x => $"{x.Key}: {x.Value}")));
        Assert.True(number > 0);
    }

    private static string? FaultOf(SocketEnd end, List<byte[]> sent)
    {
        if (end.Status != 101) return end.Status is 400 or 401 or 403 or 405 or 426 or 429 or 503 ? null : $"the handshake was answered with {end.Status}";
        if (end.Code is null) return $"the connection ended without a close frame ({end.Reason})";
        var isDocumented = Documented.Contains(end.Code.Value) || end.Code == 1005;

        // The client's own code is echoed, so it may be any valid one.
        return isDocumented || (end.Code is >= 1000 and <= 4999 and not InternalError && IsAmong(end.Code.Value, sent)) || (end.Code == InternalError && IsAmong(InternalError, sent))
            ? null
            : $"it was closed with {end.Code} {end.Reason}";
    }

    // Unmasked by hand: a close frame with this code was sent.
    private static bool IsAmong(int code, List<byte[]> sent) => sent.Exists(x =>
        x.Length >= 8 && x[0] == 0x88 && ((x[6] ^ x[2]) << 8 | (x[7] ^ x[3])) == code);

    private static byte[] Handshake(FuzzedHub hub, Random chances)
    {
        var path = chances.Next(12) == 0 ? "/api/v1/ws/metrics" : "/api/v1/ws/events";
        var key = chances.Next(60) switch { 0 => "short", 1 => "", _ => "dGhlIHNhbXBsZSBub25jZQ==" };
        var version = chances.Next(80) == 0 ? "8" : "13";
        var token = chances.Next(80) == 0 ? "a.b.c" : hub.Admin.Token;
        return Encoding.Latin1.GetBytes(
            $"GET {path} HTTP/1.1\r\nHost: {hub.BaseUrl.Authority}\r\nUpgrade: websocket\r\nConnection: {(chances.Next(80) == 0 ? "close" : "Upgrade")}\r\n"
            + $"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: {version}\r\nAuthorization: Bearer {token}\r\n\r\n");
    }

    [GeneratedRegex(@"^\| (?:`\w+` \| )?(\d{4}) \|")]
    private static partial Regex Row();
}

/// <summary>On SQLite.</summary>
public sealed class SocketFuzzOnSqlite(ITestOutputHelper output) : SocketFuzzSpecs(onPostgreSql: false, output);

/// <summary>On PostgreSQL.</summary>
public sealed class SocketFuzzOnPostgreSql(ITestOutputHelper output) : SocketFuzzSpecs(onPostgreSql: true, output);
