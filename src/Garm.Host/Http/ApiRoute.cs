namespace Garm.Host.Http;

/// <summary>Marks a route under <c>/api/v1</c> with what <c>ApiGate</c> checks before the handler runs.</summary>
/// <param name="Access">Who may call it.</param>
/// <param name="NeedsUrls">Whether the controller's URLs must be set first.</param>
internal sealed record ApiRoute(ApiAccess Access, bool NeedsUrls)
{
    /// <summary>The common prefix of all routes.</summary>
    public const string Prefix = "/api/v1";

    /// <summary>For most routes.</summary>
    public static ApiRoute Default { get; } = new(ApiAccess.Administrators, NeedsUrls: true);

    /// <summary>The first run.</summary>
    public static ApiRoute FirstRun { get; } = new(ApiAccess.BeforeFirstRun, NeedsUrls: false);

    /// <summary>The login.</summary>
    public static ApiRoute Login { get; } = new(ApiAccess.Everyone, NeedsUrls: false);

    /// <summary>For routes that runners call with their own token.</summary>
    public static ApiRoute Runner { get; } = new(ApiAccess.Runners, NeedsUrls: true);

    /// <summary>For the controller's settings, which include the URLs.</summary>
    public static ApiRoute Controller { get; } = new(ApiAccess.Administrators, NeedsUrls: false);
}

/// <summary>Who may call a route.</summary>
internal enum ApiAccess
{
    /// <summary>Enabled administrators with a token.</summary>
    Administrators,

    /// <summary>Runners that are being set up, with their token.</summary>
    Runners,

    /// <summary>Everyone, once an administrator exists.</summary>
    Everyone,

    /// <summary>Everyone, even before an administrator exists.</summary>
    BeforeFirstRun,
}
