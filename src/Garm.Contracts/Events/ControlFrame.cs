using System.Globalization;
using System.Text.Json;

namespace Garm.Contracts.Events;

/// <summary>The codes of error frames.</summary>
public static class EventErrorCodes
{
    /// <summary>The filter is not valid; the former one stays. The message says why.</summary>
    public const string InvalidFilter = "invalid-filter";

    /// <summary>Retention deleted the events after the cursor; <c>earliest</c> is the earliest cursor to resume from.</summary>
    public const string CursorExpired = "cursor-expired";

    /// <summary>The cursor is garbled, of another history, or ahead of the log.</summary>
    public const string CursorUnknown = "cursor-unknown";

    /// <summary>The client reads too slowly, so the connection is closed. <c>cursor</c> is where to resume.</summary>
    public const string SlowConsumer = "slow-consumer";

    /// <summary>The new token is not valid, or not of the same user; the former one stays in effect.</summary>
    public const string TokenRefused = "token-refused";

    /// <summary>
    /// An administrator ended the session; the connection is closed. The user's access is as it was, so the client may come back.
    /// <c>cursor</c> is where to resume.
    /// </summary>
    public const string SessionEnded = "session-ended";

    /// <summary>Every error code.</summary>
    public static IReadOnlyList<string> All { get; } = [InvalidFilter, CursorExpired, CursorUnknown, SlowConsumer, TokenRefused, SessionEnded];
}

/// <summary>
/// The JSON of the control frames, which only clients with a cursor get. Each is an object
/// whose first key is <c>control</c>.
/// </summary>
public static class ControlFrame
{
    /// <summary>Everything up to the cursor was sent; live events follow. Once for each <c>cursor</c> that the client sent.</summary>
    public static byte[] CaughtUp(string cursor) => Of(new { control = "caught-up", cursor });

    /// <summary>The entities follow, each as a row. <paramref name="reason"/> is an error code if <c>on-expired</c> caused it.</summary>
    public static byte[] SnapshotBegin(string? reason = null) => Of(new { control = "snapshot-begin", reason });

    /// <summary>Every matching entity was sent, or its event follows the cursor.</summary>
    public static byte[] SnapshotEnd(string cursor, long count) => Of(new { control = "snapshot-end", cursor, count });

    /// <summary>Nothing was sent for a while; everything up to the cursor was sent.</summary>
    public static byte[] Heartbeat(string cursor) => Of(new { control = "heartbeat", cursor });

    /// <summary>The token expires soon: send <c>{"token":"…"}</c>, or the connection is closed.</summary>
    public static byte[] TokenExpiring(DateTimeOffset expiresAt) =>
        Of(new Dictionary<string, object> { ["control"] = "token-expiring", ["expires-at"] = Time(expiresAt) });

    /// <summary>The new token is in effect.</summary>
    public static byte[] TokenRenewed(DateTimeOffset expiresAt) =>
        Of(new Dictionary<string, object> { ["control"] = "token-renewed", ["expires-at"] = Time(expiresAt) });

    /// <summary>The node stops: resume from the cursor, on any node, after the given time.</summary>
    public static byte[] GoingAway(string? cursor, TimeSpan retryAfter) => Of(new Dictionary<string, object?>
    {
        ["control"] = "going-away",
        ["cursor"] = cursor,
        ["retry-after-ms"] = (long)retryAfter.TotalMilliseconds,
    });

    /// <summary>An error; see <see cref="EventErrorCodes"/>.</summary>
    public static byte[] Error(string code, string message) => Of(new { control = "error", code, message });

    /// <summary><see cref="EventErrorCodes.CursorExpired"/>.</summary>
    public static byte[] CursorExpired(string message, string earliest) =>
        Of(new { control = "error", code = EventErrorCodes.CursorExpired, message, earliest });

    /// <summary><see cref="EventErrorCodes.SlowConsumer"/>.</summary>
    public static byte[] SlowConsumer(string message, string? cursor) =>
        Of(new { control = "error", code = EventErrorCodes.SlowConsumer, message, cursor });

    /// <summary><see cref="EventErrorCodes.SessionEnded"/>.</summary>
    public static byte[] SessionEnded(string message, string? cursor) =>
        Of(new { control = "error", code = EventErrorCodes.SessionEnded, message, cursor });

    /// <summary>RFC 3339, UTC, microseconds.</summary>
    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    private static byte[] Of<T>(T value) => Json.GarmJson.ToUtf8(value);
}
