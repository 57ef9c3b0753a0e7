using System.Net;
using System.Text.Json.Nodes;
using Garm.Cli.Tests.Support;
using Garm.Client.Api;
using Garm.Client.Events;
using Garm.TestUtilities;
using Microsoft.Extensions.Time.Testing;

namespace Garm.Cli.Tests.Client;

public sealed class GarmEventFeedSpecs : IAsyncLifetime
{
    private const string Expiring = """{"control":"token-expiring","expires-at":"2026-01-01T00:00:00.000000Z"}""";

    private readonly List<EventFeedNotice> _notices = [];
    private readonly List<bool> _asked = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _read = new(0);
    private FakeHub _hub = null!;

    public async Task InitializeAsync() => _hub = await FakeHub.StartAsync();

    public async Task DisposeAsync()
    {
        await _stop.CancelAsync();
        _stop.Dispose();
        _read.Dispose();
        await _hub.DisposeAsync();
    }

    [Fact]
    public async Task Feed_ShouldGoOnAtAnotherNode_AfterTheLastEventThatItGave()
    {
        await using var other = await FakeHub.StartAsync();
        var feed = new GarmEventFeed(Options() with { Addresses = [_hub.Address, other.Address], Cursor = "earliest" });
        var reading = TakeAsync(feed, 3);

        var first = await _hub.NextSocketAsync();
        Assert.Equal(Message("earliest"), await first.ReceiveAsync());
        await first.SendAsync(Event("a"));
        await first.SendAsync(Event("b"));

        // A lost connection also loses unread frames, which would be sent again.
        for (var i = 0; i < 2; i++) await _read.WaitAsync(TimeSpan.FromSeconds(10));
        first.Cut();
        var second = await other.NextSocketAsync();
        Assert.Equal(Message("b"), await second.ReceiveAsync());
        await second.SendAsync("""{"control":"caught-up","cursor":"b"}""");
        await second.SendAsync(Event("c"));

        Assert.Equal(["a", "b", "c"], (await reading).Select(x => x.Cursor));
        Assert.Null(feed.End);
        Assert.IsType<EventFeedNotice.Interrupted>(_notices[1]);
    }

    [Fact]
    public async Task Feed_ShouldKeepThePlace_ThatOnlyControlFramesTellOf()
    {
        var feed = new GarmEventFeed(Options());
        var reading = TakeAsync(feed, 1);
        var first = await _hub.NextSocketAsync();
        Assert.Equal(Message("now"), await first.ReceiveAsync());
        await first.SendAsync("""{"control":"caught-up","cursor":"a"}""");
        await first.SendAsync("""{"control":"heartbeat","cursor":"b"}""");
        await first.CloseAsync(1011);

        var second = await _hub.NextSocketAsync();
        Assert.Equal(Message("b"), await second.ReceiveAsync());
        await second.SendAsync(Event("c"));
        Assert.Equal("c", Assert.Single(await reading).Cursor);
    }

    [Fact]
    public async Task Feed_ShouldComeBackWhenItIsAskedTo_IfTheNodeGoesAway()
    {
        var feed = new GarmEventFeed(Options());
        var reading = TakeAsync(feed, 1);
        var first = await _hub.NextSocketAsync();
        await first.ReceiveAsync();
        await first.SendAsync("""{"control":"going-away","cursor":"a","retry-after-ms":37}""");
        await first.CloseAsync(1001);

        var second = await _hub.NextSocketAsync();
        Assert.Equal(Message("a"), await second.ReceiveAsync());
        await second.SendAsync(Event("b"));
        await reading;

        Assert.Equal(TimeSpan.FromMilliseconds(37), Assert.Single(_notices.OfType<EventFeedNotice.Interrupted>()).Pause);
    }

    [Theory]
    [InlineData("""{"control":"error","code":"cursor-expired","message":"gone","earliest":"e"}""", "cursor-expired", "e")]
    [InlineData("""{"control":"error","code":"cursor-unknown","message":"gone"}""", "cursor-unknown", null)]
    public async Task Feed_ShouldEnd_WhenTheHubCannotGoOnFromItsCursor(string frame, string code, string? earliest)
    {
        var feed = new GarmEventFeed(Options() with { Cursor = "old" });
        var reading = TakeAsync(feed, 1);
        var socket = await _hub.NextSocketAsync();
        await socket.SendAsync(frame);

        Assert.Empty(await reading);
        Assert.Equal(new EventFeedEnd.CursorRefused(code, "gone", "old", earliest), feed.End);
    }

    [Fact]
    public async Task Feed_ShouldEnd_WhenTheServerGivesNoCursors()
    {
        var feed = new GarmEventFeed(Options());
        var reading = TakeAsync(feed, 1);
        await (await _hub.NextSocketAsync()).SendAsync("""{"entity-type":"pool","operation":"create","payload":{}}""");

        Assert.Empty(await reading);
        Assert.IsType<EventFeedEnd.NoCursors>(feed.End);
    }

    [Fact]
    public async Task Feed_ShouldGiveAnEvent_HoweverDeepItIsNested()
    {
        var feed = new GarmEventFeed(Options());
        var reading = TakeAsync(feed, 1);
        var socket = await _hub.NextSocketAsync();
        var specs = new string('[', 300) + new string(']', 300);

        await socket.SendAsync(Event("deep").Replace("\"id\"", $"\"extra_specs\":{specs},\"id\""));

        Assert.Equal(specs, Assert.Single(await reading).Event.Payload.GetProperty("extra_specs").GetRawText());
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"cursor":"b","entity-type":"pool","operation":"create"}""")]
    [InlineData("""{"cursor":"b","entity-type":"pool","payload":{}}""")]
    [InlineData("""{"cursor":"b","operation":"create","payload":{}}""")]
    [InlineData("""{"cursor":"\ud800","entity-type":"pool","operation":"create","payload":{}}""")]
    public async Task Feed_ShouldEnd_AtWhatItCannotRead_AndKeepThePlaceBefore(string frame)
    {
        var feed = new GarmEventFeed(Options());
        var reading = TakeAsync(feed, 2);
        var socket = await _hub.NextSocketAsync();
        await socket.SendAsync(Event("a"));
        await socket.SendAsync(frame);

        Assert.Equal("a", Assert.Single(await reading).Cursor);
        var end = Assert.IsType<EventFeedEnd.UnreadableFrame>(feed.End);
        Assert.Equal("a", end.Cursor);
        Assert.Contains("cannot be read", end.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Feed_ShouldRenewItsToken_OnTheOpenConnection()
    {
        var feed = new GarmEventFeed(Options() with { Token = (fresh, _) => Give(fresh, fresh ? "fresh" : FakeHub.Token) });
        var reading = TakeAsync(feed, 1);
        var socket = await _hub.NextSocketAsync();
        await socket.ReceiveAsync();

        await socket.SendAsync(Expiring);

        Assert.Equal("""{"token":"fresh"}""", await socket.ReceiveAsync());
        await socket.SendAsync(Event("a"));
        await reading;
        Assert.Equal([false, true], _asked);
    }

    [Fact]
    public async Task Feed_ShouldNotSendTheTokenThatItHas_WhenThereIsNoOther()
    {
        var reading = TakeAsync(new GarmEventFeed(Options()), 1);
        var socket = await _hub.NextSocketAsync();
        await socket.ReceiveAsync();

        await socket.SendAsync(Expiring);
        await socket.SendAsync(Event("a"));

        Assert.Null(await socket.ReceiveAsync()); // It has read the event, and closes.
        await socket.AnswerCloseAsync();
        Assert.Single(await reading);
        Assert.Equal([false, true], _asked);
    }

    [Fact]
    public async Task Feed_ShouldWaitOutWhatPasses_WhenItsTokenSourceCannotReachTheServer()
    {
        var failures = new Queue<Exception>(
        [
            new HttpRequestException("Connection refused"), new TimeoutException("no answer"),
            new GarmApiException(new ApiError(HttpStatusCode.ServiceUnavailable, "Unavailable", "")),
        ]);
        var feed = new GarmEventFeed(Options() with { Token = (_, _) => failures.TryDequeue(out var e) ? throw e : Task.FromResult(FakeHub.Token) });
        var reading = TakeAsync(feed, 1);

        await (await _hub.NextSocketAsync()).SendAsync(Event("a"));

        Assert.Single(await reading);
        Assert.Equal(3, _notices.OfType<EventFeedNotice.Interrupted>().Count());
    }

    [Fact]
    public async Task Feed_ShouldThrowWhatItsTokenSourceThrows_WhenThatDoesNotPass()
    {
        var refusal = new GarmApiException(new ApiError(HttpStatusCode.Unauthorized, "Not Authorized", ""));
        var feed = new GarmEventFeed(Options() with { Token = (_, _) => throw refusal });

        Assert.Same(refusal, await Assert.ThrowsAsync<GarmApiException>(() => TakeAsync(feed, 1)));
    }

    [Fact]
    public async Task Feed_ShouldAskForAFreshToken_WhenTheLastOneIsRefused_AndEndWhenThereIsNone()
    {
        var feed = new GarmEventFeed(Options() with { Token = (fresh, _) => Give(fresh, "ended") });

        Assert.Empty(await TakeAsync(feed, 1));

        Assert.Equal(HttpStatusCode.Unauthorized, Assert.IsType<EventFeedEnd.Refused>(feed.End).Error.Status);
        Assert.Equal([false, true], _asked);
    }

    [Fact]
    public async Task Feed_ShouldGoOnWithAFreshToken_WhenTheLastOneHasEnded()
    {
        var feed = new GarmEventFeed(Options() with { Token = (fresh, _) => Give(fresh, fresh ? FakeHub.Token : "ended") });
        var reading = TakeAsync(feed, 1);

        await (await _hub.NextSocketAsync()).SendAsync(Event("a"));

        Assert.Single(await reading);
    }

    [Fact]
    public async Task Feed_ShouldComeBack_WhenNothingComesForTooLong()
    {
        var clock = new FakeTimeProvider();
        var connected = new TaskCompletionSource();
        var feed = new GarmEventFeed(Options() with
        {
            Clock = clock,
            FirstPause = TimeSpan.Zero,
            Notice = notice =>
            {
                if (notice is EventFeedNotice.Connected) connected.TrySetResult();
            },
        });
        var reading = TakeAsync(feed, 1);
        var silent = await _hub.NextSocketAsync();
        await connected.Task;
        await silent.ReceiveAsync();

        // The timer is armed just after the notice, so time moves until it has ended the silence.
        var next = _hub.NextSocketAsync();
        var goodbye = silent.ReceiveAsync();
        await Retry.UntilAsync(
            "the feed says goodbye",
            () =>
            {
                clock.Advance(TimeSpan.FromSeconds(35));
                return Task.FromResult(goodbye.IsCompleted);
            },
            TimeSpan.FromSeconds(30));

        await silent.AnswerCloseAsync();
        await (await next).SendAsync(Event("a"));
        Assert.Single(await reading);
    }

    [Fact]
    public async Task Feed_ShouldEndWithoutAWord_WhenItIsStoppedBetweenTwoAttempts()
    {
        var feed = new GarmEventFeed(Options() with
        {
            Addresses = [FakeHub.Nobody],
            FirstPause = TimeSpan.FromHours(1),
            Notice = _ => _stop.Cancel(),
        });

        Assert.Empty(await TakeAsync(feed, 1));

        Assert.IsType<EventFeedEnd.StoppedByCaller>(feed.End);
    }

    [Fact]
    public void Pauses_ShouldGrowToTheLongest_AndBeginAnew()
    {
        var pauses = new FeedPauses(TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(500));

        Assert.Equal([100, 200, 400, 500, 500], Enumerable.Range(0, 5).Select(_ => pauses.Next(1).TotalMilliseconds));
        pauses.Reset();
        Assert.Equal(0, pauses.Next(0).TotalMilliseconds);
        Assert.Equal(100, pauses.Next(0).TotalMilliseconds);
    }

    private EventFeedOptions Options() => new()
    {
        Addresses = [_hub.Address],
        Token = (fresh, _) => Give(fresh, FakeHub.Token),
        FirstPause = TimeSpan.FromMilliseconds(1),
        LongestPause = TimeSpan.FromMilliseconds(1),
        Notice = _notices.Add,
    };

    private Task<string> Give(bool fresh, string token)
    {
        _asked.Add(fresh);
        return Task.FromResult(token);
    }

    private async Task<List<FeedEvent>> TakeAsync(GarmEventFeed feed, int count)
    {
        var events = new List<FeedEvent>();
        await foreach (var garmEvent in feed.ReadAsync(_stop.Token))
        {
            events.Add(garmEvent);
            _read.Release();
            if (events.Count == count) break;
        }

        return events;
    }

    private static string Message(string cursor) =>
        new JsonObject { ["send-everything"] = true, ["cursor"] = cursor, ["heartbeat-seconds"] = 15 }.ToJsonString();

    private static string Event(string cursor) =>
        $$"""{"entity-type":"pool","operation":"create","payload":{"id":"{{cursor}}"},"cursor":"{{cursor}}","committed-at":"2026-01-01T00:00:00.000000Z"}""";
}
