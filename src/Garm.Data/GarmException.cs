namespace Garm.Data;

/// <summary>The kinds of refusals; each has a status in the REST API.</summary>
public enum RefusalKind
{
    /// <summary>The request is invalid, or the current state forbids it. 400.</summary>
    BadRequest,

    /// <summary>It does not exist. 404.</summary>
    NotFound,

    /// <summary>It conflicts with the current state. 409.</summary>
    Conflict,

    /// <summary>The credentials are not sufficient. 401.</summary>
    Unauthorized,

    /// <summary>The request is valid, but not for this hub. 422.</summary>
    Unprocessable,

    /// <summary>It is not possible now, or not on this node. 503.</summary>
    Unavailable,

    /// <summary>There is not enough space. 507.</summary>
    OutOfSpace,
}

/// <summary>A refusal that the client can act on. The message is the answer's <c>details</c>.</summary>
/// <param name="kind">The kind.</param>
/// <param name="details">The answer's <c>details</c>.</param>
/// <param name="cause">The cause, for the operator's log; null for a refusal that concerns only the client.</param>
public sealed class GarmException(RefusalKind kind, string details, Exception? cause = null) : Exception(details, cause)
{
    /// <summary>The kind.</summary>
    public RefusalKind Kind { get; } = kind;

    /// <summary>400.</summary>
    public static GarmException BadRequest(string details) => new(RefusalKind.BadRequest, details);

    /// <summary>404.</summary>
    public static GarmException NotFound(string details) => new(RefusalKind.NotFound, details);

    /// <summary>409.</summary>
    public static GarmException Conflict(string details) => new(RefusalKind.Conflict, details);

    /// <summary>409 for a write that lost against other writes too often.</summary>
    /// <param name="last">The failure of the last attempt.</param>
    public static GarmException Contended(Exception last) => new(
        RefusalKind.Conflict, "others kept changing the same data at the same time, so this change was given up; send it again", last);

    /// <summary>503.</summary>
    /// <param name="details">The answer's <c>details</c>.</param>
    /// <param name="cause">The cause, for the operator's log.</param>
    public static GarmException Unavailable(string details, Exception? cause = null) => new(RefusalKind.Unavailable, details, cause);

    /// <summary>507.</summary>
    /// <param name="details">The answer's <c>details</c>.</param>
    /// <param name="cause">The cause, for the operator's log.</param>
    public static GarmException OutOfSpace(string details, Exception? cause = null) => new(RefusalKind.OutOfSpace, details, cause);

    /// <summary>422.</summary>
    public static GarmException Unprocessable(string details) => new(RefusalKind.Unprocessable, details);

    /// <summary>401, without the reason.</summary>
    public static GarmException Unauthorized() => new(RefusalKind.Unauthorized, "");
}
