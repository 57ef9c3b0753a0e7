using Garm.Cli.Terminal;
using Garm.Cli.Tests.Support;

namespace Garm.Cli.Tests;

/// <summary>What only a process of its own can show: signals, pipes, exit codes.</summary>
public sealed class ProcessSpecs
{
    private const string Event = """{"entity-type":"pool","operation":"create","payload":{"name":"Zoë"}}""";

    [SkippableTheory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Signal_ShouldCloseTheSocket_AndGiveExitCode0(string signal)
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no kill");
        Skip.If(signal == "INT" && IsInterruptIgnored(), "the tests run in the background of a shell, which has its jobs ignore the interrupt");
        await using var hub = await FakeHub.StartAsync();
        using var cli = CliRun.LoggedInTo(hub);
        using var process = CliProcess.Start(cli.ConfigFile, "debug-events");
        var socket = await hub.NextSocketAsync();
        await socket.ReceiveAsync();
        Assert.Contains("connected", await process.NextErrorAsync("the word that it is connected"));

        await process.SignalAsync(signal);

        Assert.Null(await socket.ReceiveAsync());
        await socket.AnswerCloseAsync();
        Assert.Equal(ExitCodes.Ok, await process.ExitCodeAsync());
        Assert.Equal("", await process.RestOfErrorAsync());
    }

    [Fact]
    public async Task Pipe_ShouldSeeEachEventAtOnce_ByteForByte()
    {
        await using var hub = await FakeHub.StartAsync();
        using var cli = CliRun.LoggedInTo(hub);
        using var process = CliProcess.Start(cli.ConfigFile, "debug-events");
        var socket = await hub.NextSocketAsync();

        await socket.SendAsync(Event);
        Assert.Equal(Event, await process.NextOutAsync("the first event, while the stream is open"));
        await socket.SendAsync(Event);
        Assert.Equal(Event, await process.NextOutAsync("the second event"));
        await socket.CloseAsync(1001);

        Assert.Equal(ExitCodes.StreamEnded, await process.ExitCodeAsync());
        Assert.Null(await process.NextOutAsync("the end of stdout"));
    }

    [SkippableFact]
    public async Task ClosedPipe_ShouldEndTheCommandQuietly()
    {
        Skip.If(OperatingSystem.IsWindows(), "a closed pipe is a Unix habit");
        await using var hub = await FakeHub.StartAsync();
        using var cli = CliRun.LoggedInTo(hub);
        using var process = CliProcess.Start(cli.ConfigFile, "debug-events");
        var socket = await hub.NextSocketAsync();
        await process.NextErrorAsync("the word that it is connected");

        process.CloseOut();
        await socket.SendAsync(Event);

        Assert.Equal(ExitCodes.Ok, await process.ExitCodeAsync());
        Assert.Equal("", await process.RestOfErrorAsync());
    }

    [Fact]
    public async Task MissingPassword_ShouldNotWaitForever_WithoutATerminal()
    {
        using var cli = new CliRun();
        using var process = CliProcess.Start(
            cli.ConfigFile, "init", "--url", "http://127.0.0.1:1", "--username", "a", "--email", "a@b");

        Assert.Contains("no password", await process.NextErrorAsync("the complaint"));
        Assert.Equal(ExitCodes.Usage, await process.ExitCodeAsync());
    }

    // A process inherits what its parent ignores. The second bit of the mask is the interrupt's.
    private static bool IsInterruptIgnored() => File.Exists("/proc/self/status") && File.ReadLines("/proc/self/status")
        .Where(x => x.StartsWith("SigIgn:", StringComparison.Ordinal))
        .Any(x => (Convert.ToUInt64(x["SigIgn:".Length..].Trim(), 16) & 2) != 0);
}
