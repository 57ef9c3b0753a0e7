using CsCheck;
using Garm.Golden.Sockets;
using Garm.Host.Tests.Hub;
using Garm.TestUtilities;

namespace Garm.Host.Tests.Properties;

/// <summary>
/// At the lowest log levels no secret is in the log: neither those in valid and invalid calls, nor tokens, nor signing and
/// encryption keys.
/// </summary>
public sealed class TraceLogSpecs : InitialisedHub
{
    private const int Sequences = 12;
    private readonly Secrets _secrets = new();
    private readonly string _jwtSecret;
    private readonly string _passphrase;

    public TraceLogSpecs() => (_jwtSecret, _passphrase) = (_secrets.New(), _secrets.New());

    protected override bool NeedsProcess => true;

    protected override Dictionary<string, string?> Settings => new()
    {
        ["Logging:LogLevel:Default"] = "Trace",

        // Suppressed by the hub, unless an operator lowers their level.
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Trace",
        ["Logging:LogLevel:Microsoft.EntityFrameworkCore"] = "Trace",
        ["Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics"] = "Trace",
        ["Logging:Console:LogLevel:Default"] = "Trace",
        ["AKKA:LOGLEVEL"] = "DEBUG",
        ["Garm:Log:Stream"] = "true",
        ["Garm:Jwt:Secret"] = _jwtSecret,
        ["Garm:Secrets:Passphrase"] = _passphrase,
    };

    [LongFact]
    public async Task ASecret_IsInNoLine_HoweverMuchIsLogged()
    {
        await using var stream = await FollowLogAsync();
        var state = new FleetState();
        var fleet = new Fleet(this, state, _secrets, CheckText);
        await state.FollowAsync(Admin, CheckText);
        foreach (var call in FleetCall.Beginning) await MakeAsync(call);
        var chance = new PCG(7);
        for (var i = 0; i < Sequences; i++)
        {
            foreach (var call in FleetCall.Sequences.Generate(chance, null, out _)) await MakeAsync(call);
        }

        await LogInAsync();
        await RenewAsync();
        _secrets.Add(Admin.Token);
        _secrets.Add(Admin.Token.Split('.')[2]);
        _secrets.Add(HubClient.Password);

        var log = Host.Output;
        Assert.Contains("trce:", log, StringComparison.Ordinal);
        Assert.Contains("INSERT INTO", log, StringComparison.Ordinal);
        CheckText(log);
        var records = await stream.TakeAsync(x => x.Count > 100, TimeSpan.FromSeconds(20), TimeSpan.Zero);
        Assert.Contains(records, x => x.Text.Contains("INSERT INTO", StringComparison.Ordinal));
        Assert.All(records, x => CheckText(x.Text));

        async Task MakeAsync(FleetCall call)
        {
            await fleet.MakeAsync(call);
            await state.FollowAsync(Admin, CheckText);
        }
    }

    /// <summary>With wrong passwords, and with tokens in wrong places.</summary>
    private async Task LogInAsync()
    {
        using var nobody = new HubClient(Host.BaseUrl, _secrets.New());
        Assert.Equal(401, (await nobody.SendAsync("GET", "/api/v1/pools")).Status);
        Assert.Equal(401, (await nobody.SendAsync("POST", "/api/v1/auth/login", new { username = "admin", password = _secrets.New() })).Status);
        Assert.Equal(400, (await nobody.SendAsync("POST", "/api/v1/auth/login", _secrets.New())).Status);
        Assert.Equal(401, (await nobody.SendAsync("POST", "/api/v1/callbacks/status", new { message = _secrets.New() })).Status);
        Assert.True((await nobody.HandshakeAsync()).Status is 401);

        // In the query, where people put them by mistake, and in invalid HTTP.
        Assert.Equal(401, (await nobody.SendAsync("GET", $"/api/v1/jobs?token={_secrets.New()}")).Status);
        Assert.Equal(404, (await nobody.SendAsync("GET", $"/nowhere?token={_secrets.New()}")).Status);
        using var raw = new System.Net.Sockets.TcpClient();
        await raw.ConnectAsync(System.Net.IPAddress.Loopback, Host.BaseUrl.Port);
        await raw.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes($"GET /api/v1/jobs?token={_secrets.New()} HTTP/9.9 x\r\n\r\n"));
        using var reader = new StreamReader(raw.GetStream());
        Assert.StartsWith("HTTP/1.1 400 ", await reader.ReadToEndAsync(), StringComparison.Ordinal);
    }

    /// <summary>The log is also streamed to a page that sends its token in a subprotocol.</summary>
    private async Task<RawWebSocket> FollowLogAsync()
    {
        var refused = await RawWebSocket.ConnectAsync(
            Host.BaseUrl, "/api/v1/ws/logs", new Dictionary<string, string> { ["Sec-WebSocket-Protocol"] = $"garm.events, garm.bearer.{_secrets.New()}" });
        Assert.Equal(401, refused.Status);
        var result = await RawWebSocket.ConnectAsync(
            Host.BaseUrl, "/api/v1/ws/logs", new Dictionary<string, string> { ["Sec-WebSocket-Protocol"] = $"garm.events, garm.bearer.{Admin.Token}" });
        return result.Socket ?? throw new InvalidOperationException($"the handshake was answered with {result.Status}: {result.Body}");
    }

    /// <summary>An open socket gets a token too, a valid one and an invalid one.</summary>
    private async Task RenewAsync()
    {
        await using var socket = await Admin.OpenSocketAsync();
        await socket.SendTextAsync($$"""{"filters":[{"entity-type":"pool"}],"cursor":"now"}""");
        await socket.SendTextAsync($$"""{"token":"{{Admin.Token}}"}""");
        await socket.SendTextAsync($$"""{"token":"{{_secrets.New()}}"}""");
        await socket.TakeAsync(x => x.Any(frame => frame.Kind == Garm.Golden.Sockets.FrameKind.Eof), TimeSpan.FromSeconds(10), TimeSpan.Zero);
    }

    private void CheckText(string text)
    {
        if (_secrets.FindIn(text) is not { } secret) return;
        var place = Math.Max(0, text.IndexOf(secret, StringComparison.OrdinalIgnoreCase));
        Assert.Fail($"\"{secret}\" came out: …{text[Math.Max(0, place - 300)..Math.Min(text.Length, place + 300)]}…");
    }
}
