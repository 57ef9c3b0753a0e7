namespace Garm.Client.Events;

/// <summary>Returns a token of an administrator.</summary>
/// <param name="fresh">
/// Whether a new token is needed, because the last one was refused or is about to expire. A source with only one token returns
/// it again.
/// </param>
/// <param name="cancellationToken">Cancelled when the feed is stopped.</param>
public delegate Task<string> EventTokenSource(bool fresh, CancellationToken cancellationToken);

/// <summary>What a <see cref="GarmEventFeed"/> reads, and how it reconnects.</summary>
public sealed record EventFeedOptions
{
    /// <summary>Base URLs of nodes of one hub, as <see cref="HubAddress.TryParse"/> parses them; at least one. Tried in turn.</summary>
    public required IReadOnlyList<Uri> Addresses { get; init; }

    /// <summary>Called before each connection, and when the token of an open one is about to expire.</summary>
    public required EventTokenSource Token { get; init; }

    /// <summary>The filter: an options message without <c>cursor</c>. Default: all events.</summary>
    public string Message { get; init; } = EventOptionsJson.Everything;

    /// <summary>Where to begin: <c>now</c>, <c>earliest</c>, or the cursor of the last event that the caller has. Default <c>now</c>.</summary>
    public string Cursor { get; init; } = "now";

    /// <summary>
    /// The longest silence that the feed requests, in whole seconds. Default 15 s. A connection that is silent for twice as long
    /// plus 5 s counts as lost.
    /// </summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The longest pause before the first reconnect, doubled by each failure; jittered. Default 250 ms.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The longest pause between two attempts. Default 30 s.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Called when connections open or are lost; null for none. Called by the reader, and must not block.</summary>
    public Action<EventFeedNotice>? Notice { get; init; }

    /// <summary>
    /// Called with the text of each control frame (<c>snapshot-end</c>, <c>caught-up</c>, <c>heartbeat</c>…), in order with the
    /// events; null for none. Called by the reader, and must not block.
    /// </summary>
    public Action<string>? ControlFrame { get; init; }

    /// <summary>Measures pauses and silence.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}

/// <summary>The states of a feed's connection.</summary>
public abstract record EventFeedNotice
{
    private EventFeedNotice()
    {
    }

    /// <summary>A connection is open.</summary>
    /// <param name="Address">The node.</param>
    public sealed record Connected(Uri Address) : EventFeedNotice;

    /// <summary>There is no connection; the feed reconnects by itself.</summary>
    /// <param name="End">How the last one ended, or why there was none.</param>
    /// <param name="Pause">The time until the next attempt.</param>
    public sealed record Interrupted(EventStreamEnd End, TimeSpan Pause) : EventFeedNotice;
}
