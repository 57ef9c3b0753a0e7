using System.Buffers.Text;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace Garm.Bench.Budget;

/// <summary>A frame as long as the hub's.</summary>
internal static class Padded
{
    public static string Body { get; } = $$"""{"d":"{T}","pad":"{{new string('x', 330)}}"}""";
}

/// <summary>The bare loop of <c>Garm.Bench.BareLoop</c>.</summary>
internal sealed class BareLoop : Server
{
    public override string Name => "bare";

    public override IReadOnlyList<string> WriteArguments => ["--mode", "wspub", "--target", "/pub", "--body", Padded.Body];

    public override IReadOnlyList<string> LoadArguments(string subscribe) => ["--port", $"{Port}", "--pid", $"{Pid}", "--path", "/ws"];

    protected override ProcessStartInfo StartInfo(string folder) =>
        new("dotnet", [Checkout.Program("bench", "Garm.Bench.BareLoop"), "--urls", $"http://127.0.0.1:{Port}"]);
}

/// <summary>The durable writes of <c>Garm.Bench.BareLoop</c>.</summary>
internal sealed class BareWrites : Server
{
    private static readonly string Token = NewToken();

    public override string Name => "bare";

    public override IReadOnlyList<string> WriteArguments => WriteTo("e1");

    public override IReadOnlyList<string> WriteTo(string endpoint) =>
    [
        "--mode", "http", "--method", "PUT", "--target", $"/endpoints/{endpoint}", "--body", """{"description":"{T}"}""",
        "--wheader", $"Authorization: Bearer {Token}",
    ];

    public override IReadOnlyList<string> LoadArguments(string subscribe) => ["--port", $"{Port}", "--pid", $"{Pid}", "--path", "/ws"];

    protected override ProcessStartInfo StartInfo(string folder) => new("dotnet", [
        Checkout.Program("bench", "Garm.Bench.BareLoop"), "--urls", $"http://127.0.0.1:{Port}", "--database", Path.Combine(folder, "bare.db"),
        "--secret", Secret]);

    private static string NewToken()
    {
        var head = Base64Url.EncodeToString("""{"alg":"HS256","typ":"JWT"}"""u8);
        var expires = DateTimeOffset.UtcNow.AddDays(1).ToUnixTimeSeconds();
        var claims = Base64Url.EncodeToString(Encoding.UTF8.GetBytes($$"""{"user":"8d2b6f0e-52f1-4d6f-8a6b-0d3c2f8a1e55","is_admin":true,"exp":{{expires}}}"""));
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.ASCII.GetBytes($"{head}.{claims}"));
        return $"{head}.{claims}.{Base64Url.EncodeToString(signature)}";
    }
}

/// <summary>nats-server over its websocket; Debian and Ubuntu have a package of that name.</summary>
internal sealed class Nats : Server
{
    private readonly int _clientPort = Checkout.FreePort();

    public override string Name => "nats";

    /// <summary>Whether the program is on this machine.</summary>
    public static bool IsInstalled => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Append("/usr/sbin").Any(x => File.Exists(Path.Combine(x, "nats-server")));

    public override IReadOnlyList<string> WriteArguments =>
        ["--mode", "nats", "--pub-port", $"{_clientPort}", "--subject", "x", "--body", Padded.Body];

    public override IReadOnlyList<string> LoadArguments(string subscribe) =>
    [
        "--port", $"{Port}", "--pid", $"{Pid}", "--nats-sub", "1", "--sub", """CONNECT {"verbose":false}\r\nSUB x 1\r\nPING\r\n""",
    ];

    protected override ProcessStartInfo StartInfo(string folder)
    {
        var file = Path.Combine(folder, "nats.conf");
        File.WriteAllText(file, $"host: 127.0.0.1\nport: {_clientPort}\nwebsocket {{ host: 127.0.0.1, port: {Port}, no_tls: true }}\n");
        var program = File.Exists("/usr/sbin/nats-server") ? "/usr/sbin/nats-server" : "nats-server";
        return new ProcessStartInfo(program, ["-c", file]);
    }
}
