namespace Garm.Host.Logs;

/// <summary><c>Garm:Log</c>.</summary>
internal sealed record LogOptions
{
    /// <summary>Whether administrators may follow the log at <c>/api/v1/ws/logs</c>. Default false, as GARM's.</summary>
    public bool Stream { get; init; }
}
