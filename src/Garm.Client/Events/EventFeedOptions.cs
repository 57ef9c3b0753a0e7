namespace Garm.Client.Events;

/// <summary>Gives a token of an administrator.</summary>
/// <param name="fresh">
/// Whether another one than before is wanted: the last one was refused, or is about to end. A source that has only one gives
/// it again.
/// </param>
/// <param name="cancellationToken">The feed is stopped.</param>
public delegate Task<string> EventTokenSource(bool fresh, CancellationToken cancellationToken);

/// <summary>What a <see cref="GarmEventFeed"/> reads, and how it comes back to it.</summary>
public sealed record EventFeedOptions
{
    /// <summary>Base URLs of nodes of one hub, as <see cref="HubAddress.TryParse"/> reads them; at least one. Tried in turn.</summary>
    public required IReadOnlyList<Uri> Addresses { get; init; }

    /// <summary>Asked before each connection, and when the token of an open one is about to end.</summary>
    public required EventTokenSource Token { get; init; }

    /// <summary>Which events: an options message without <c>cursor</c>. Default: all.</summary>
    public string Message { get; init; } = EventOptionsJson.Everything;

    /// <summary>Where to begin: <c>now</c>, <c>earliest</c>, or the cursor of the last event that the caller has. Default <c>now</c>.</summary>
    public string Cursor { get; init; } = "now";

    /// <summary>
    /// The longest silence that is asked for, in whole seconds. Default 15 s. A connection that is silent for twice as long
    /// and 5 s more counts as lost.
    /// </summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The longest pause before the first attempt to come back, doubled by each that fails; jittered. Default 250 ms.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The longest pause between two attempts. Default 30 s.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Is told of connections that are made and lost; null for nobody. Called by the reader, and must not block.</summary>
    public Action<EventFeedNotice>? Notice { get; init; }

    /// <summary>
    /// Is given the text of each control frame (<c>snapshot-end</c>, <c>caught-up</c>, <c>heartbeat</c>…) in its place between the
    /// events; null for nobody. Called by the reader, and must not block.
    /// </summary>
    public Action<string>? ControlFrame { get; init; }

    /// <summary>Measures pauses and silence.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}

/// <summary>What happens to a feed besides events.</summary>
public abstract record EventFeedNotice
{
    private EventFeedNotice()
    {
    }

    /// <summary>A connection is open.</summary>
    /// <param name="Address">The node.</param>
    public sealed record Connected(Uri Address) : EventFeedNotice;

    /// <summary>There is no connection; the feed comes back by itself.</summary>
    /// <param name="End">How the last one ended, or why there was none.</param>
    /// <param name="Pause">When it tries again.</param>
    public sealed record Interrupted(EventStreamEnd End, TimeSpan Pause) : EventFeedNotice;
}
