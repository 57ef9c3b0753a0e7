namespace Garm.Data;

/// <summary>What kind of refusal it is; the REST API has a status for each.</summary>
public enum RefusalKind
{
    /// <summary>The request is wrong in itself, or the state forbids it. 400.</summary>
    BadRequest,

    /// <summary>There is no such thing. 404.</summary>
    NotFound,

    /// <summary>There is one already. 409.</summary>
    Conflict,

    /// <summary>Not with these credentials. 401.</summary>
    Unauthorized,

    /// <summary>Right in itself, and not for us to do. 422.</summary>
    Unprocessable,

    /// <summary>Not now, or not on this node. 503.</summary>
    Unavailable,

    /// <summary>There is no room for it. 507.</summary>
    OutOfSpace,
}

/// <summary>A refusal that the client can do something about. The message is the answer's <c>details</c>, word for word.</summary>
/// <param name="kind">The kind.</param>
/// <param name="details">The answer's <c>details</c>.</param>
/// <param name="cause">What the operator should see of it; null for a refusal that is the client's affair alone.</param>
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

    /// <summary>409 for a write that lost against others' again and again.</summary>
    /// <param name="last">How it lost the last time.</param>
    public static GarmException Contended(Exception last) => new(
        RefusalKind.Conflict, "others kept changing the same data at the same time, so this change was given up; send it again", last);

    /// <summary>503.</summary>
    /// <param name="details">The answer's <c>details</c>.</param>
    /// <param name="cause">What the operator should see of it.</param>
    public static GarmException Unavailable(string details, Exception? cause = null) => new(RefusalKind.Unavailable, details, cause);

    /// <summary>507.</summary>
    /// <param name="details">The answer's <c>details</c>.</param>
    /// <param name="cause">What the operator should see of it.</param>
    public static GarmException OutOfSpace(string details, Exception? cause = null) => new(RefusalKind.OutOfSpace, details, cause);

    /// <summary>422.</summary>
    public static GarmException Unprocessable(string details) => new(RefusalKind.Unprocessable, details);

    /// <summary>401; says nothing of why.</summary>
    public static GarmException Unauthorized() => new(RefusalKind.Unauthorized, "");
}
