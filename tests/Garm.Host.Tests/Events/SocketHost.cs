using System.Net;
using System.Threading.Channels;
using Akka.Actor;
using Garm.Actors.Sessions;
using Garm.Actors.Users;
using Garm.Host.Events;
using Garm.Host.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Garm.Host.Tests.Events;

/// <summary>A real Kestrel on a free loopback port with the event socket, and scripted sessions behind it.</summary>
internal sealed class SocketHost : IAsyncDisposable
{
    public const string Path = "/api/v1/ws/events";

    private static readonly SessionGrant Grant = new(default, 1, DateTimeOffset.MaxValue);

    private readonly ActorSystem _system = ActorSystem.Create("socket-host", "akka.loglevel = WARNING");
    private readonly WebApplication _app;

    // Kept, because the garbage collector closes a socket without references.
    private readonly List<RawClient> _clients = [];

    private SocketHost(EventSocketOptions options, int? sendBuffer)
    {
        var manager = _system.ActorOf(Props.Create(() => new ScriptedManager(Manager)));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Use(next => connection =>
            {
                connection.ConnectionClosed.Register(() => ConnectionsEnded.Writer.TryWrite(connection.ConnectionId));
                return next(connection);
            }));
        });
        if (sendBuffer is { } size)
        {
            builder.WebHost.UseSockets(sockets => sockets.CreateBoundListenSocket = endpoint =>
            {
                var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
                socket.SendBufferSize = size; // Accepted sockets inherit it.
                return socket;
            });
        }

        builder.Services.AddEventSocket(options, new OriginPolicy([]));
        builder.Services.AddSingleton<Akka.Hosting.IRequiredActor<SessionManagerActor>>(
            new Required<SessionManagerActor>(manager));
        _app = builder.Build();
        _app.Map(Path, async (HttpContext context, EventsEndpoint endpoint) =>
        {
            try
            {
                await endpoint.HandleAsync(context, Grant);
                HandlersEnded.Writer.TryWrite(null);
            }
            catch (Exception e)
            {
                HandlersEnded.Writer.TryWrite(e);
                throw;
            }
        });
    }

    public ScriptedManager.State Manager { get; } = new();

    /// <summary>One entry per handler that has returned, with its exception.</summary>
    public Channel<Exception?> HandlersEnded { get; } = Channel.CreateUnbounded<Exception?>();

    /// <summary>One entry per TCP connection that the server has finished.</summary>
    public Channel<string> ConnectionsEnded { get; } = Channel.CreateUnbounded<string>();

    public IPEndPoint Address { get; private set; } = null!;

    public static async Task<SocketHost> StartAsync(EventSocketOptions? options = null, int? sendBuffer = null)
    {
        var host = new SocketHost(options ?? new EventSocketOptions(), sendBuffer);
        await host._app.StartAsync();
        var addresses = host._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        host.Address = new IPEndPoint(IPAddress.Loopback, new Uri(addresses.Addresses.Single()).Port);
        return host;
    }

    /// <summary>A client with an open event socket, and the session behind it.</summary>
    public async Task<(RawClient Client, SessionHandle Session)> OpenAsync(int? receiveBuffer = null)
    {
        var client = await RawClient.OpenAsync(Address, receiveBuffer);
        _clients.Add(client);
        return (client, await NextSessionAsync());
    }

    public async Task<SessionHandle> NextSessionAsync() =>
        new(await Manager.Opened.Reader.ReadAsync().OrFail("a session is opened"), Manager.Script);

    public Task StopAsync(CancellationToken cancellation) => _app.StopAsync(cancellation);

    /// <summary>Whether the test has taken every opened session.</summary>
    public bool HasOpenedNoMore => !Manager.Opened.Reader.TryPeek(out _);

    public async Task ConnectionEndsAsync() =>
        await ConnectionsEnded.Reader.ReadAsync().OrFail("the server is done with the connection");

    public async Task HandlerEndsAsync() =>
        Assert.Null(await HandlersEnded.Reader.ReadAsync().OrFail("the handler returns"));

    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
        await _system.Terminate();
        foreach (var client in _clients) client.Dispose();
    }
}

/// <summary>A session as tests use it.</summary>
internal sealed class SessionHandle(IActorRef actor, ScriptedSession.Script script)
{
    /// <summary>Runs an action on the session's queue in its actor, because the queue has one writer.</summary>
    public void Do(Action<OutboundQueue> act) => actor.Tell(act);

    /// <summary>The next message that it received.</summary>
    public async Task<T> ToldAsync<T>() =>
        Assert.IsType<T>(await script.Told.Reader.ReadAsync().OrFail($"the session is told {typeof(T).Name}"));

    /// <summary>The number of messages that the test has not taken.</summary>
    public int ToldCount => script.Told.Reader.Count;

    /// <summary>Whether it received no further message.</summary>
    public bool WasToldNothingMore => !script.Told.Reader.TryPeek(out _);
}
