using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Garm.Client.Api;
using Garm.Contracts.Events;

namespace Garm.Client.Events;

/// <summary>
/// Reads events without gaps and repetitions: it reconnects after lost connections, stopped nodes and expired tokens, to any of several
/// nodes, and resumes from the cursor of the last event. Enumerate it once; afterwards <see cref="End"/> is the reason of the end.
/// </summary>
public sealed class GarmEventFeed(EventFeedOptions options)
{
    private const string SnapshotRow = "snapshot";

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly FeedPauses _pauses = new(options.FirstPause, options.LongestPause);
    private TimeSpan? _retryAfter;
    private bool _wantsFreshToken;
    private string? _refusedToken;
    private int _node;

    /// <summary>Why the feed ended; null while it runs.</summary>
    public EventFeedEnd? End { get; private set; }

    /// <summary>The cursor up to which everything was read; initially the one that the feed began at.</summary>
    public string Cursor { get; private set; } = options.Cursor;

    /// <summary>
    /// The events. It throws only exceptions of the token source; but when these say that the server is unreachable or busy, as
    /// <see cref="GarmApiClient"/> throws them, the feed retries instead.
    /// </summary>
    public async IAsyncEnumerable<FeedEvent> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var item in ReadItemsAsync(cancellationToken).ConfigureAwait(false))
        {
            if (item.Event is { } feedEvent) yield return feedEvent;
        }
    }

    /// <summary>The events, and the control frames between them.</summary>
    internal async IAsyncEnumerable<FeedItem> ReadItemsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
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
                // The time between two reads of the caller does not count.
                silence.CancelAfter(Timeout.InfiniteTimeSpan);
                if (await TakeAsync(text, stream, token, cancellationToken).ConfigureAwait(false) is { } item) yield return item;
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

    private async Task<FeedItem?> TakeAsync(string text, GarmEventStream stream, string token, CancellationToken cancellationToken)
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

        if (frame is { Control: null, Cursor: null, Event.Operation: not SnapshotRow })
        {
            End = new EventFeedEnd.NoCursors();
            return null;
        }

        if (frame.Control is not null) options.ControlFrame?.Invoke(text);
        _pauses.Reset();
        _retryAfter = frame.RetryAfter;
        Cursor = frame.Control == "snapshot-begin" ? "snapshot" : frame.Cursor ?? Cursor; // A client that is disconnected within a snapshot begins a new one.
        if (frame.Control == "token-expiring") await RenewAsync(stream, token, cancellationToken).ConfigureAwait(false);
        return new FeedItem(frame.Control, frame.Event is { } garmEvent ? new FeedEvent(text, garmEvent, frame.Cursor ?? Cursor) : null, frame.Reason);
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

    // After a failure the connection ends with the token, and the next connection asks for a token.
    private async Task RenewAsync(GarmEventStream stream, string current, CancellationToken cancellationToken)
    {
        _wantsFreshToken = true;
        try
        {
            var token = await options.Token(true, cancellationToken).ConfigureAwait(false);
            if (token == current) return; // The source has no newer token.
            await stream.SendTextAsync(JsonSerializer.Serialize(new { token }), cancellationToken).ConfigureAwait(false);
            _wantsFreshToken = false;
        }
        catch (Exception e) when (e is not (OutOfMemoryException or StackOverflowException))
        {
            // The end of the connection reports it.
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

    // After 401 a new token is requested once, because the former one may have expired.
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

/// <summary>An item of a connection with a cursor: the kind of a control frame, with the reason if it has one, or an event.</summary>
internal sealed record FeedItem(string? Control, FeedEvent? Event, string? Reason);
