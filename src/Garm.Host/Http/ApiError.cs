using System.Text.Json.Serialization;
using Garm.Actors.Sessions;
using Garm.Contracts.Json;
using Garm.Data;

namespace Garm.Host.Http;

/// <summary>The JSON body of a refusal, as GARM writes it.</summary>
internal sealed record ApiError(
    [property: JsonIgnore] int Status,
    [property: JsonPropertyName("error")] string Error,
    [property: JsonPropertyName("details")] string Details)
{
    public static ApiError AuthenticationFailed { get; } = new(StatusCodes.Status401Unauthorized, "Authentication failed", "");

    public static ApiError InitRequired { get; } =
        new(StatusCodes.Status409Conflict, "init_required", "Missing superuser");

    public static ApiError UrlsRequired { get; } = new(
        StatusCodes.Status409Conflict, "urls_required",
        "Missing required URLs. Make sure you update the metadata and callback URLs");

    public static ApiError NoSuchRoute { get; } = new(StatusCodes.Status404NotFound, "Not found", "Resource not found");

    public static ApiError ServerError { get; } = new(StatusCodes.Status500InternalServerError, "Server error", "");

    public static ApiError TooManyAttempts { get; } =
        new(StatusCodes.Status429TooManyRequests, "too_many_attempts", "Too many failed logins. Try again later");

    public static ApiError ForeignOrigin { get; } = new(
        StatusCodes.Status403Forbidden, "foreign_origin",
        "A write with the cookie is accepted from a page of this host or of an origin in Garm:Events:AllowedOrigins, as its Origin or "
        + "Sec-Fetch-Site header says; programs other than browsers send the token as Authorization: Bearer");

    public static ApiError TooManySnapshotSockets { get; } =
        new(StatusCodes.Status503ServiceUnavailable, "too_many_sessions", "This node has reached its limit of metrics sockets");

    public static ApiError TooManyLogSockets { get; } =
        new(StatusCodes.Status503ServiceUnavailable, "too_many_sessions", "This node has reached its limit of log sockets");

    public static ApiError Of(SessionRefusal refusal) => refusal switch
    {
        SessionRefusal.TooManySessionsOfUser => new ApiError(
            StatusCodes.Status429TooManyRequests, "too_many_sessions_of_user", "The user has reached the limit of event sockets on this node"),
        SessionRefusal.TooManySessions => new ApiError(
            StatusCodes.Status503ServiceUnavailable, "too_many_sessions", "This node has reached its limit of event sockets"),
        _ => new ApiError(StatusCodes.Status503ServiceUnavailable, "draining", "This node does not open event sockets now"),
    };

    public static ApiError Of(GarmException refusal) => refusal.Kind switch
    {
        RefusalKind.NotFound => new ApiError(StatusCodes.Status404NotFound, "Not Found", refusal.Message),
        RefusalKind.Conflict => new ApiError(StatusCodes.Status409Conflict, "Conflict", refusal.Message),
        RefusalKind.Unprocessable =>
            new ApiError(StatusCodes.Status422UnprocessableEntity, "Unprocessable Content", refusal.Message),
        RefusalKind.Unavailable => new ApiError(StatusCodes.Status503ServiceUnavailable, "Service Unavailable", refusal.Message),
        RefusalKind.OutOfSpace => new ApiError(StatusCodes.Status507InsufficientStorage, "Insufficient Storage", refusal.Message),
        RefusalKind.Unauthorized => new ApiError(StatusCodes.Status401Unauthorized, "Not Authorized", refusal.Message),
        _ => new ApiError(StatusCodes.Status400BadRequest, "Bad Request", refusal.Message),
    };

    public Task WriteAsync(HttpContext context)
    {
        context.Response.StatusCode = Status;
        return ApiResponses.WriteJsonAsync(context, GarmJson.ToUtf8(this));
    }
}
