using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Garm.Actors.Sessions;
using Garm.Host.Events;
using Garm.WebSockets;
using Xunit;
using static Garm.Host.Tests.Events.ClientBytes;

namespace Garm.Host.Tests.Events;

/// <summary>How a pump ends when its session does not follow the protocol, and what it reports about its end.</summary>
public sealed class PumpEndSpecs : IAsyncLifetime
{
    private static readonly EventSocketOptions Patient = new()
    {
        LingerTimeout = TimeSpan.FromSeconds(60),
        LingerQuiet = TimeSpan.FromSeconds(60),
    };

    private readonly ActorSystem _system = ActorSystem.Create("pump-end", "akka.loglevel = WARNING");
    private readonly ScriptedSession.Script _script = new();
    private readonly OutboundQueue _outbound = new(OutboundLimits.Default);
    private readonly List<IDisposable> _sockets = [];
    private SessionHandle _session = null!;
    private Socket _client = null!;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var socket in _sockets) socket.Dispose();
        await _system.Terminate();
    }

    [Fact]
    public async Task Connection_ShouldBeGivenUp_WhenItsSessionDoesNotAnswerTheClose()
    {
        _script.IgnoreEnds = true;
        var pump = await StartAsync(new EventSocketOptions { CloseTimeout = TimeSpan.FromMilliseconds(50) });
        await _client.SendAsync(CloseFrame(1000));
        await _session.ToldAsync<ClientClosed>();
        Assert.Equal(PumpEnd.Aborted, await pump.OrFail("the pump ends"));
    }

    [Fact]
    public async Task Connection_ShouldBeGivenUp_WhenItsSessionDoesNotWorkOffWhatItIsTold()
    {
        _script.HoldAnswers = true;
        _script.IgnoreEnds = true;
        var pump = await StartAsync(new EventSocketOptions
        {
            InFlightFrames = 2,
            SessionTimeout = TimeSpan.FromMilliseconds(50),
            CloseTimeout = TimeSpan.FromMilliseconds(50),
        });
        await _client.SendAsync((byte[])[.. Frame(Text, "1"u8), .. Frame(Text, "2"u8), .. Frame(Text, "3"u8)]);
        await _session.ToldAsync<ClientMessage>();
        await _session.ToldAsync<ClientMessage>();
        Assert.Equal(SessionCloseReason.InternalError, (await _session.ToldAsync<ClientFailed>()).Reason);
        Assert.Equal(PumpEnd.Aborted, await pump.OrFail("the pump ends"));
        Assert.True(_session.WasToldNothingMore);
    }

    [Fact]
    public async Task Connection_ShouldBeGivenUp_WhenItIsLostAndItsSessionDoesNothing()
    {
        _script.IgnoreEnds = true;
        var pump = await StartAsync(new EventSocketOptions());
        _client.Shutdown(SocketShutdown.Send);
        Assert.Equal(PumpEnd.Aborted, await pump.OrFail("the pump ends"));
        Assert.True(_outbound.Aborted);
    }

    [Fact]
    public async Task Pump_ShouldNotWaitForItsSession_WhenTheQueueIsComplete()
    {
        _script.HoldAnswers = true;
        var pump = await StartAsync(new EventSocketOptions { InFlightFrames = 1 });
        await _client.SendAsync(Frame(Text, "1"u8));
        await _script.Held.Reader.ReadAsync().OrFail("the pump asks whether its session keeps up");
        _session.Do(queue => queue.Complete(default));
        Assert.Equal(PumpEnd.Unconfirmed, await pump.OrFail("the pump ends"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task End_ShouldBeConfirmed_WhenTheClientAnswersOrEndsItsSide(bool answers)
    {
        var pump = await StartAsync(Patient);
        _session.Do(queue => queue.Complete(FrameWriter.Close(new CloseFrame(1001))));
        Assert.Equal(4, await _client.ReceiveAsync(new byte[100]).OrFail("the close frame comes"));
        if (answers) await _client.SendAsync(CloseFrame(1001));
        else _client.Shutdown(SocketShutdown.Send);

        // An end of stream that comes before the loop has seen the end of the queue counts as a loss.
        var end = await pump.OrFail("the pump ends");
        Assert.True(end == PumpEnd.Confirmed || (end == PumpEnd.Aborted && !answers), $"It ended {end}.");
    }

    [Fact]
    public async Task WhatComesAfterTheEnd_ShouldBeReadAndDropped()
    {
        var pump = await StartAsync(Patient);
        _session.Do(queue => queue.Complete(FrameWriter.Close(new CloseFrame(1000))));
        Assert.Equal(4, await _client.ReceiveAsync(new byte[100]).OrFail("the close frame comes"));
        for (var i = 0; i < 100; i++) await _client.SendAsync(Frame(Text, new byte[100_000])).OrFail("it is read");
        await _client.SendAsync(CloseFrame(1000));
        Assert.Equal(PumpEnd.Confirmed, await pump.OrFail("the pump ends"));

        // A first message may come between the last write and the moment when the loop sees the end of the queue.
        Assert.InRange(_session.ToldCount, 0, 50);
    }

    [Fact]
    public async Task Pump_ShouldEndSoon_WhenTheClientIsQuietAfterTheCloseFrame()
    {
        var pump = await StartAsync(new EventSocketOptions { LingerTimeout = TimeSpan.FromMinutes(10) });
        _session.Do(queue => queue.Complete(FrameWriter.Close(new CloseFrame(1000))));
        Assert.Equal(PumpEnd.Unconfirmed, await pump.OrFail("the pump ends"));
    }

    [Fact]
    public async Task Pump_ShouldEnd_WhenTheClientIsNeverQuiet()
    {
        var pump = await StartAsync(new EventSocketOptions { LingerQuiet = TimeSpan.FromMilliseconds(100) });
        _session.Do(queue => queue.Complete(FrameWriter.Close(new CloseFrame(1000))));

        // The last of these may wait for ever, because no one reads after the pump's end.
        while (!pump.IsCompleted) await Task.WhenAny(pump, _client.SendAsync(Frame(Pong, ""u8))).OrFail("the pump ends");
        Assert.Equal(PumpEnd.Unconfirmed, await pump);
    }

    private async Task<Task<PumpEnd>> StartAsync(EventSocketOptions settings)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        _client = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        _sockets.Add(_client);
        await _client.ConnectAsync(listener.LocalEndpoint);
        var server = await listener.AcceptSocketAsync();
        _sockets.Add(server);

        var actor = _system.ActorOf(Props.Create(() => new ScriptedSession(_script, _outbound)));
        _session = new SessionHandle(actor, _script);
        var stream = new NetworkStream(server);
        return new WebSocketPump(stream, _outbound, actor, settings, server.Dispose, TimeProvider.System).RunAsync();
    }
}
