using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Garm.Client.Api;
using Garm.Contracts.Events;

namespace Garm.Client.Events;

/// <summary>
/// Events that go on where they were: each once, in order, over lost connections, stopped nodes and ended tokens, from any of
/// several nodes. Read it once, by one reader; when the enumeration is over, <see cref="End"/> says why.
/// </summary>
/// <remarks>The hub keeps the place: what matters is in its log, and the cursor of the last event says where to go on.</remarks>
public sealed class GarmEventFeed(EventFeedOptions options)
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly FeedPauses _pauses = new(options.FirstPause, options.LongestPause);
    private TimeSpan? _retryAfter;
    private bool _wantsFreshToken;
    private string? _refusedToken;
    private int _node;

    /// <summary>Why the feed ended; null while it goes on.</summary>
    public EventFeedEnd? End { get; private set; }

    /// <summary>Where the feed is: everything up to here was read. What it began with, before the hub has said more.</summary>
    public string Cursor { get; private set; } = options.Cursor;

    /// <summary>
    /// The events. What the token source throws when a connection needs a token is thrown here, unless it passes by itself (a
    /// server that cannot be reached or is busy, as <see cref="GarmApiClient"/> tells it); nothing else is.
    /// </summary>
    public async IAsyncEnumerable<FeedEvent> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (End is null)
        {
            if (await TokenAsync(cancellationToken).ConfigureAwait(false) is not { } token) continue;
            var address = options.Addresses[_node % options.Addresses.Count];
            var message = FeedFrame.Begin(options.Message, Cursor, options.Heartbeat);
            var stream = await new GarmEventClient(address, token).OpenAsync(message, cancellationToken).ConfigureAwait(false);
            await using var closing = stream.ConfigureAwait(false);
            if (stream.End is null) options.Notice?.Invoke(new EventFeedNotice.Connected(address));

            using var silence = new CancellationTokenSource(Timeout.InfiniteTimeSpan, options.Clock);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silence.Token);
            silence.CancelAfter(LongestSilence);
            await foreach (var text in stream.ReadTextAsync(stop.Token).ConfigureAwait(false))
            {
                // The reader's own time is not the hub's silence.
                silence.CancelAfter(Timeout.InfiniteTimeSpan);
                if (await TakeAsync(text, stream, token, cancellationToken).ConfigureAwait(false) is { } garmEvent) yield return garmEvent;
                if (End is not null) break;
                silence.CancelAfter(LongestSilence);
            }

            if (End is not null) continue;
            if (stream.End is EventStreamEnd.HandshakeRefused refused && IsFinal(refused, token)) End = new EventFeedEnd.Refused(refused);
            else if (stream.End is EventStreamEnd.Unreadable unreadable) End = new EventFeedEnd.UnreadableFrame(unreadable.Cause, Cursor);
            else await ComeBackAsync(stream.End!, cancellationToken).ConfigureAwait(false);
        }

        End ??= new EventFeedEnd.StoppedByCaller();
    }

    private TimeSpan LongestSilence => (options.Heartbeat * 2) + Grace;

    private async Task<FeedEvent?> TakeAsync(string text, GarmEventStream stream, string token, CancellationToken cancellationToken)
    {
        FeedFrame frame;
        try
        {
            frame = FeedFrame.Read(text);
        }
        catch (InvalidDataException e)
        {
            End = new EventFeedEnd.UnreadableFrame(e.Message, Cursor);
            return null;
        }

        if (frame.RefusesCursor)
        {
            End = new EventFeedEnd.CursorRefused(frame.Code!, frame.Message, Cursor, frame.Earliest);
            return null;
        }

        if (frame.Code == EventErrorCodes.InvalidFilter)
        {
            End = new EventFeedEnd.FilterRefused(frame.Message);
            return null;
        }

        if (frame is { Control: null, Cursor: null })
        {
            End = new EventFeedEnd.NoCursors();
            return null;
        }

        _pauses.Reset();
        _retryAfter = frame.RetryAfter;
        Cursor = frame.Cursor ?? Cursor;
        if (frame.Control == "token-expiring") await RenewAsync(stream, token, cancellationToken).ConfigureAwait(false);
        return frame.Event is { } garmEvent ? new FeedEvent(text, garmEvent, frame.Cursor!) : null;
    }

    private async Task<string?> TokenAsync(CancellationToken cancellationToken)
    {
        try
        {
            var token = await options.Token(_wantsFreshToken, cancellationToken).ConfigureAwait(false);
            _wantsFreshToken = false;
            return token;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            End = new EventFeedEnd.StoppedByCaller();
        }
        catch (Exception e) when (e is HttpRequestException or TimeoutException)
        {
            await ComeBackAsync(new EventStreamEnd.Unreachable(Causes.Innermost(e)), cancellationToken).ConfigureAwait(false);
        }
        catch (GarmApiException e) when (PassesByItself(e.Status))
        {
            await ComeBackAsync(new EventStreamEnd.HandshakeRefused(e.ApiError), cancellationToken).ConfigureAwait(false);
        }

        return null;
    }

    // When it does not succeed, the connection ends with the token, and the next one needs a token in earnest.
    private async Task RenewAsync(GarmEventStream stream, string current, CancellationToken cancellationToken)
    {
        _wantsFreshToken = true;
        try
        {
            var token = await options.Token(true, cancellationToken).ConfigureAwait(false);
            if (token == current) return; // The source has no other.
            await stream.SendTextAsync(JsonSerializer.Serialize(new { token }), cancellationToken).ConfigureAwait(false);
            _wantsFreshToken = false;
        }
        catch (Exception e) when (e is not (OutOfMemoryException or StackOverflowException))
        {
            // What follows tells of it.
        }
    }

    private async Task ComeBackAsync(EventStreamEnd end, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            End = new EventFeedEnd.StoppedByCaller();
            return;
        }

        if (end is EventStreamEnd.StoppedByCaller) end = new EventStreamEnd.ConnectionLost($"nothing came for {LongestSilence.TotalSeconds:0} seconds");
        _node++;
        var pause = _retryAfter ?? _pauses.Next(Random.Shared.NextDouble());
        _retryAfter = null;
        options.Notice?.Invoke(new EventFeedNotice.Interrupted(end, pause));
        try
        {
            await Task.Delay(pause, options.Clock, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            End = new EventFeedEnd.StoppedByCaller();
        }
    }

    // A token may have ended since it was made: another one is asked for once. What passes by itself is tried again.
    private bool IsFinal(EventStreamEnd.HandshakeRefused refused, string token)
    {
        if (refused.Error.Status == HttpStatusCode.Unauthorized)
        {
            if (token == _refusedToken) return true;
            (_refusedToken, _wantsFreshToken) = (token, true);
            return false;
        }

        return !PassesByItself(refused.Error.Status);
    }

    private static bool PassesByItself(HttpStatusCode status) =>
        status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout || (int)status >= 500;
}
