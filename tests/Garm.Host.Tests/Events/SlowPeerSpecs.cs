using Garm.Actors.Sessions;
using Garm.Host.Events;
using Garm.WebSockets;
using Xunit;
using static Garm.Host.Tests.Events.ClientBytes;

namespace Garm.Host.Tests.Events;

/// <summary>Clients that do not read, sessions that are too slow, and a server that stops: every wait is bounded.</summary>
public sealed class SlowPeerSpecs
{
    private static readonly EventSocketOptions Impatient = new() { WriteTimeout = TimeSpan.FromMilliseconds(300) };

    [Fact]
    public async Task ClientThatDoesNotRead_ShouldBeGivenUp_AfterTheWriteTimeout()
    {
        await using var host = await SocketHost.StartAsync(Impatient);
        var (_, session) = await host.OpenAsync(receiveBuffer: 4096);
        session.Do(queue =>
        {
            queue.TryEnqueue(FrameWriter.Text(new byte[16 * 1024 * 1024]));
            queue.TryEnqueueControl(FrameWriter.Ping);
        });
        Assert.Equal(SessionCloseReason.SlowConsumer, (await session.ToldAsync<ClientFailed>()).Reason);
        await host.HandlerEndsAsync();
        await host.ConnectionEndsAsync();
        Assert.True(session.WasToldNothingMore);
    }

    [Fact]
    public async Task ClientThatDoesNotReadTheLastBytes_ShouldBeGivenUp_Too()
    {
        // Small socket buffers, so that the frame neither fits into them nor fills the server's own: the pump has written
        // everything and is finished, while the bytes are still in the server.
        await using var host = await SocketHost.StartAsync(Impatient, sendBuffer: 4096);
        var (_, session) = await host.OpenAsync(receiveBuffer: 4096);
        session.Do(queue =>
        {
            queue.TryEnqueue(FrameWriter.Text(new byte[60_000]));
            queue.Complete(FrameWriter.Close(new CloseFrame(1000)));
        });
        await host.HandlerEndsAsync();
        await host.ConnectionEndsAsync();
    }

    [Fact]
    public async Task ClientThatClosesAndDoesNotRead_ShouldBeGivenUp()
    {
        await using var host = await SocketHost.StartAsync(Impatient);
        var (client, session) = await host.OpenAsync(receiveBuffer: 4096);
        session.Do(queue => queue.TryEnqueue(FrameWriter.Text(new byte[16 * 1024 * 1024])));
        await client.SendAsync(CloseFrame(1000));
        await session.ToldAsync<ClientClosed>();
        await host.HandlerEndsAsync();
        await host.ConnectionEndsAsync();
    }

    [Fact]
    public async Task LostConnection_ShouldEndBothLoops_WhileAWriteWaits()
    {
        await using var host = await SocketHost.StartAsync();
        var (client, session) = await host.OpenAsync(receiveBuffer: 4096);
        session.Do(queue => queue.TryEnqueue(FrameWriter.Text(new byte[16 * 1024 * 1024])));
        await client.SendAsync(Frame(Text, "still here"u8));
        await session.ToldAsync<ClientMessage>();
        client.Reset();
        Assert.Equal(SessionCloseReason.ConnectionLost, (await session.ToldAsync<ClientFailed>()).Reason);
        await host.HandlerEndsAsync();
    }

    [Fact]
    public async Task ClientThatFloods_ShouldBeReadNoFasterThanItsSessionWorks()
    {
        const int Messages = 1000;
        await using var host = await SocketHost.StartAsync(new EventSocketOptions { MaxMessagesPerSecond = 0 });
        host.Manager.Script.HoldAnswers = true;
        var (client, session) = await host.OpenAsync();
        var bound = new EventSocketOptions().InFlightFrames;
        for (var i = 0; i < Messages; i++) await client.SendAsync(Frame(Text, "{}"u8));

        var waiting = await host.Manager.Script.Held.Reader.ReadAsync().OrFail("the pump asks whether its session keeps up");
        session.Do(queue => queue.TryEnqueue(FrameWriter.Text("sending goes on"u8)));
        Assert.Equal("sending goes on", (await client.ReadSomeFrameAsync()).Text);
        Assert.Equal(bound, session.ToldCount);

        host.Manager.Script.HoldAnswers = false;
        Akka.Actor.ActorRefImplicitSenderExtensions.Tell(waiting, host.Manager.Script.Answer);
        for (var i = 0; i < Messages; i++) await session.ToldAsync<ClientMessage>();
    }

    [Fact]
    public async Task ClientThatSendsPingsAndDoesNotRead_ShouldNotFillTheQueueWithPongs()
    {
        const int Pings = 5000;
        await using var host = await SocketHost.StartAsync();
        var (client, session) = await host.OpenAsync(receiveBuffer: 4096);
        session.Do(queue => queue.TryEnqueue(FrameWriter.Text(new byte[16 * 1024 * 1024])));
        var sending = Task.Run(async () =>
        {
            for (var i = 0; i < Pings; i++) await client.SendAsync(Frame(Ping, BitConverter.GetBytes(i)));
        });
        var bound = new EventSocketOptions().UnansweredPings;
        await Waiting.UntilAsync("the pings that may wait for their pongs are told", () => session.ToldCount >= bound);

        await client.ReadSomeFrameAsync();
        for (var i = 0; i < Pings; i++) Assert.Equal(i, BitConverter.ToInt32((await client.ReadSomeFrameAsync()).Payload));
        await sending.OrFail("the pings are sent");
        Assert.InRange(host.Manager.Script.MostQueued, 1, bound + 1);
    }

    [Fact]
    public async Task Socket_ShouldWorkUntilItsSessionEnds_WhenTheServerStops()
    {
        await using var host = await SocketHost.StartAsync();
        var (client, session) = await host.OpenAsync();
        var stopping = host.StopAsync(CancellationToken.None);
        await Waiting.UntilAsync("the server takes no new connections", () => !CanConnect(host));

        await client.SendAsync(Frame(Text, "still here"u8));
        await session.ToldAsync<ClientMessage>();
        session.Do(queue => queue.Complete(FrameWriter.Close(SessionCloseReason.GoingAway.ToCloseFrame())));
        await client.ClosesAsync(1001);
        await stopping.OrFail("the server has stopped");
    }

    private static bool CanConnect(SocketHost host)
    {
        try
        {
            using var client = new System.Net.Sockets.TcpClient();
            client.Connect(host.Address);
            return true;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return false;
        }
    }
}
