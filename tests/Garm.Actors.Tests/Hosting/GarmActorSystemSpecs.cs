using Akka.Actor;
using Akka.Hosting;
using Garm.Actors.Changes;
using Garm.Actors.Clustering;
using Garm.Actors.Hosting;
using Garm.Actors.Sessions;
using Garm.Actors.Tests.Support;
using Garm.Actors.Users;
using Garm.Log;
using Garm.Log.Users;
using Garm.TestUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Garm.Actors.Tests.Hosting;

/// <summary>The actor system as a host starts it: the project's own settings, real time.</summary>
public sealed class GarmActorSystemSpecs
{
    // The relay does not read the log within a spec: what arrives was sent to the relay.
    private static readonly ChangeRelayOptions NoPolling = new() { PollInterval = TimeSpan.FromHours(1) };

    private readonly FailableChangeLog _log = new();
    private readonly FailableUserAccess _users = new() { Access = SessionRig.GoodAccess };

    [Fact]
    public async Task ACommit_ShouldReachASession_OnANodeThatHasNoCluster()
    {
        using var host = await StartAsync(services => services.AddGarmActors(new GarmActorsOptions { Relay = NoPolling }));
        var status = host.Services.GetRequiredService<ClusterStatus>();
        Assert.True(status.IsUp);
        Assert.Null(status.Membership);
        Assert.False(host.Services.GetRequiredService<IReadOnlyActorRegistry>().TryGet<ClusterLinkActor>(out _));

        await CommitsReachASessionAsync(host);

        var system = host.Services.GetRequiredService<ActorSystem>();
        await host.StopAsync();
        Assert.True(system.WhenTerminated.IsCompleted);
    }

    [Fact]
    public async Task ACommit_ShouldReachASession_WhenPubSubIsTurnedOff()
    {
        using var host = await StartAsync(services => services.AddGarmActors(new GarmActorsOptions { PubSub = false }));
        var queue = await LiveSessionAsync(host);
        Assert.False(host.Services.GetRequiredService<IReadOnlyActorRegistry>().TryGet<DbWatcherActor>(out _));

        host.Services.GetRequiredService<ICommitListener>().Committed(_log.Commit(Samples.PoolUpdate));

        Assert.Equal(1, await CountFramesAsync(queue, 1));
        await host.StopAsync();
    }

    [Fact]
    public async Task ACommit_ShouldReachASession_WithoutPubSub()
    {
        using var host = await StartAsync(services => services.AddAkka("garm", builder => builder
            .WithChangeRelay().WithDbWatcher().WithLogPages().WithUserState().WithEventSessions()));
        var queue = await LiveSessionAsync(host);

        _log.Commit(Samples.PoolUpdate);

        Assert.Equal(1, await CountFramesAsync(queue, 1));
        await host.StopAsync();
    }

    [Fact]
    public async Task Start_ShouldFail_WhenAReaderIsMissing()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddAkka("garm", akka => akka.WithChangeRelay());
        using var host = builder.Build();

        var failure = await Record.ExceptionAsync(() => host.StartAsync());

        Assert.Contains(nameof(IChangeLogReader), failure?.ToString());
    }

    private async Task CommitsReachASessionAsync(IHost host)
    {
        var queue = await LiveSessionAsync(host);
        var listener = host.Services.GetRequiredService<ICommitListener>();
        for (var i = 0; i < 100; i++) listener.Committed(_log.Commit(Samples.PoolUpdate));

        Assert.Equal(100, await CountFramesAsync(queue, 100));
        Assert.Equal(0, _log.PageReads);
    }

    private static async Task<OutboundQueue> LiveSessionAsync(IHost host)
    {
        var sessions = host.Services.GetRequiredService<IRequiredActor<SessionManagerActor>>().ActorRef;
        var relay = host.Services.GetRequiredService<IRequiredActor<ChangeRelayActor>>().ActorRef;
        Assert.NotNull(host.Services.GetRequiredService<IRequiredActor<UserStateManagerActor>>().ActorRef);
        var queue = new OutboundQueue(OutboundLimits.Default);
        var grant = new SessionGrant(SessionRig.User, SessionRig.Generation, DateTimeOffset.UtcNow.AddHours(1));
        var opened = await sessions.AskAsync<SessionOpened>(new OpenSession(SessionId.NewId(), grant, queue));
        opened.Session.Tell(new ClientMessage("""{"send-everything":true}"""u8.ToArray()));
        await UntilAsync("the session is subscribed", async () =>
            (await relay.AskAsync<RelayState>(GetRelayState.Instance)).Subscribers == 2);
        return queue;
    }

    private static async Task<int> CountFramesAsync(OutboundQueue queue, int atLeast)
    {
        var frames = 0;
        await UntilAsync($"{atLeast} frames are queued", () => Task.FromResult((frames += queue.TakeAll().Count) >= atLeast));
        return frames;
    }

    private async Task<IHost> StartAsync(Action<IServiceCollection> configure)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddSingleton<IChangeLogReader>(_log);
        builder.Services.AddSingleton<IChangeLogEpochs>(_log);
        builder.Services.AddSingleton<IUserAccessReader>(_users);
        builder.Services.AddSingleton<ISessionTokens>(new SessionTokenTable());
        configure(builder.Services);
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private static Task UntilAsync(string condition, Func<Task<bool>> holds) =>
        Retry.UntilAsync(condition, holds, TimeSpan.FromSeconds(20));
}
