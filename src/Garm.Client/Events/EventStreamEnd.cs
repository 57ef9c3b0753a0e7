using System.Net;
using Garm.Client.Api;

namespace Garm.Client.Events;

/// <summary>How an event stream ended.</summary>
public abstract record EventStreamEnd
{
    private EventStreamEnd()
    {
    }

    /// <summary>The reason as one line for users.</summary>
    public abstract string Message { get; }

    /// <summary>The caller stopped it.</summary>
    public sealed record StoppedByCaller : EventStreamEnd
    {
        /// <inheritdoc />
        public override string Message => "stopped";
    }

    /// <summary>The server could not be reached at all.</summary>
    /// <param name="Cause">The system's message.</param>
    public sealed record Unreachable(string Cause) : EventStreamEnd
    {
        /// <inheritdoc />
        public override string Message => $"cannot reach the server: {Cause}";
    }

    /// <summary>The server answered the handshake with something other than 101.</summary>
    /// <param name="Error">Its answer.</param>
    public sealed record HandshakeRefused(ApiError Error) : EventStreamEnd
    {
        /// <inheritdoc />
        public override string Message => (Error.Status, Error.Error) switch
        {
            (HttpStatusCode.Unauthorized, "Unauthorized") =>
                $"the token's user is not an administrator; log in as one ({Error})",
            (HttpStatusCode.Unauthorized, _) => $"the server refused the token; log in again ({Error})",
            (HttpStatusCode.Conflict, ApiError.InitRequired) =>
                $"the server has no administrator yet; initialise it first ({Error})",
            (HttpStatusCode.Conflict, ApiError.UrlsRequired) =>
                $"the server's metadata and callback URLs are not set; set them first ({Error})",
            _ => $"the server refused the event socket ({Error})",
        };
    }

    /// <summary>The server sent a close frame.</summary>
    /// <param name="Code">The close code of RFC 6455; 1005 when the frame had none.</param>
    /// <param name="Reason">The close reason; GARM gives none.</param>
    /// <param name="Notice">The last text that was not an event, for example <c>invalid filter</c>; it is often lost.</param>
    public sealed record ClosedByServer(int Code, string Reason, string? Notice) : EventStreamEnd
    {
        /// <inheritdoc />
        public override string Message => $"the server closed the event stream: {Words} (code {Code})";

        private string Words => (Notice, Reason, Code) switch
        {
            ({ Length: > 0 } notice, _, _) => notice,
            (_, { Length: > 0 } reason, _) => reason,
            (_, _, 1000) => "no reason given; the token has expired or was revoked, the filter was refused, or the server stops",
            (_, _, 1001) => "it is going away",
            (_, _, 1009) => "the message to it was too big",
            (_, _, 1011) => "it had an internal error",
            (_, _, 1013) => "it could not keep the events any longer; they were read too slowly",
            _ => "no reason given",
        };
    }

    /// <summary>
    /// The server sent a text that is not an event, and that cannot be skipped because it may have been one.
    /// </summary>
    /// <param name="Cause">Why it cannot be read.</param>
    public sealed record Unreadable(string Cause) : EventStreamEnd
    {
        /// <inheritdoc />
        public override string Message => $"the server sent an event that cannot be read: {Cause}";
    }

    /// <summary>The connection broke without a close frame.</summary>
    /// <param name="Cause">The system's message.</param>
    public sealed record ConnectionLost(string Cause) : EventStreamEnd
    {
        /// <inheritdoc />
        public override string Message => $"the connection to the server was lost: {Cause}";
    }
}
