using Akka.Actor;
using Akka.TestKit.Xunit2;
using Garm.Actors.Sources;
using Garm.Actors.Tests.Support;
using Garm.Log.Sources;

namespace Garm.Actors.Tests.Sources;

/// <summary>A scripted server, its mirror in memory, and the actors between them, in virtual time.</summary>
public abstract class SourceSpecBase() : TestKit(VirtualTime.Config)
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(500);

    internal ScriptedServer Server { get; } = new();

    internal MirrorInMemory Mirror { get; } = new();

    protected static string Proxy(int id, int second = 1) => $$"""{"id":{{id}},"name":"p{{id}}","updated_at":"2026-01-01T00:00:{{second:00}}Z"}""";

    protected IActorRef Start() => Sys.ActorOf(SourcesActor.Props(Mirror, Mirror, Mirror, Server, new SourceOptions()));

    protected async Task SyncAsync()
    {
        Start();
        await UntilAsync("the source is synced", () => Mirror.Report?.State == SourceStates.Synced);
    }

    /// <summary>Synced, with these proxies; what was logged is forgotten.</summary>
    protected async Task SyncedAsync(params string[] proxies)
    {
        Server.Set("proxies", proxies);
        await SyncAsync();
        Mirror.Forget();
    }

    /// <summary>Until everything was listed again.</summary>
    protected async Task RelistAsync()
    {
        var before = Mirror.Report!.LastListAt;
        await UntilAsync("everything was listed again", () => Mirror.Report!.LastListAt > before);
    }

    protected async Task<TimeSpan> ShouldLogAsync(params string[] expected)
    {
        var moved = await UntilAsync($"{expected.Length} events are logged", () => Mirror.Log.Count >= expected.Length);
        Assert.Equal(expected, Mirror.Log);
        await RelistAsync();
        Assert.Equal(expected, Mirror.Log);
        return moved;
    }

    protected async Task MoveAsync(TimeSpan time)
    {
        var step = time > TimeSpan.FromMinutes(5) ? Step * 5 : Step;
        for (var moved = TimeSpan.Zero; moved < time; moved += step)
        {
            this.Advance(step);
            await VirtualTime.LetOthersRunAsync();
        }
    }

    protected Task<TimeSpan> UntilAsync(string condition, Func<bool> holds) =>
        this.AdvanceUntilAsync(condition, Step, TimeSpan.FromMinutes(10), () => Task.FromResult(holds()));
}
