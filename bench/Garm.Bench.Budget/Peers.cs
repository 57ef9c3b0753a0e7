using System.Diagnostics;

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
