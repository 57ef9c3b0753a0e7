using System.Globalization;
using System.Text.Json;

namespace Garm.Contracts.Events;

/// <summary>The codes of error frames.</summary>
public static class EventErrorCodes
{
    /// <summary>The message is no filter that can be used; the one before stays. The message says why.</summary>
    public const string InvalidFilter = "invalid-filter";

    /// <summary>Retention has taken what follows the cursor; <c>earliest</c> is the earliest that can be resumed from.</summary>
    public const string CursorExpired = "cursor-expired";

    /// <summary>The cursor is garbled, of another history, or ahead of the log.</summary>
    public const string CursorUnknown = "cursor-unknown";

    /// <summary>The client reads too slowly to be served; the connection is closed. <c>cursor</c> is where to resume.</summary>
    public const string SlowConsumer = "slow-consumer";

    /// <summary>The new token is not good, or not of the same user; the one before counts.</summary>
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
    /// <summary>Everything up to the cursor was sent; what comes now is live. Once for each <c>cursor</c> asked for.</summary>
    public static byte[] CaughtUp(string cursor) => Of(new { control = "caught-up", cursor });

    /// <summary>The entities follow, each as a row. <paramref name="reason"/> is an error code where <c>on-expired</c> caused it.</summary>
    public static byte[] SnapshotBegin(string? reason = null) => Of(new { control = "snapshot-begin", reason });

    /// <summary>Every entity that matches was sent, or its event follows the cursor.</summary>
    public static byte[] SnapshotEnd(string cursor, long count) => Of(new { control = "snapshot-end", cursor, count });

    /// <summary>Nothing came for a while; everything up to the cursor was sent.</summary>
    public static byte[] Heartbeat(string cursor) => Of(new { control = "heartbeat", cursor });

    /// <summary>The token ends soon: send <c>{"token":"…"}</c>, or be closed.</summary>
    public static byte[] TokenExpiring(DateTimeOffset expiresAt) =>
        Of(new Dictionary<string, object> { ["control"] = "token-expiring", ["expires-at"] = Time(expiresAt) });

    /// <summary>The new token counts from now on.</summary>
    public static byte[] TokenRenewed(DateTimeOffset expiresAt) =>
        Of(new Dictionary<string, object> { ["control"] = "token-renewed", ["expires-at"] = Time(expiresAt) });

    /// <summary>The node stops: resume from the cursor, on any node, after the given time.</summary>
    public static byte[] GoingAway(string? cursor, TimeSpan retryAfter) => Of(new Dictionary<string, object?>
    {
        ["control"] = "going-away",
        ["cursor"] = cursor,
        ["retry-after-ms"] = (long)retryAfter.TotalMilliseconds,
    });

    /// <summary>Something is wrong; see <see cref="EventErrorCodes"/>.</summary>
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
