namespace Garm.Log.Sources;

/// <summary>A source, as the nodes need it.</summary>
/// <param name="Id">Names it; a source that was removed and made again has another id.</param>
/// <param name="Name">In the log and in events.</param>
/// <param name="Revision">Another one after each change of the settings.</param>
public sealed record SourceSettings(Guid Id, string Name, long Revision)
{
    /// <summary>The server's base URL, without a slash at its end.</summary>
    public string Url { get; init; } = "";

    /// <summary>An administrator of the server.</summary>
    public string Username { get; init; } = "";

    /// <summary>Null when it cannot be decrypted: this node has another passphrase.</summary>
    public string? Password { get; init; }

    /// <summary>PEM; empty for the system's authorities alone.</summary>
    public ReadOnlyMemory<byte> CaBundle { get; init; }

    /// <summary>How often everything is listed again.</summary>
    public TimeSpan RelistEvery { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether it is connected to.</summary>
    public bool IsEnabled { get; init; }

    /// <summary>Whether it is being removed.</summary>
    public bool IsLeaving { get; init; }

    /// <summary>The host names, lower case, under which this hub stands in front of the server.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>The server whose entities are mirrored; empty for none yet.</summary>
    public string ControllerId { get; init; } = "";

    /// <summary>See <see cref="SourceReport.Repairs"/>: as it was last reported.</summary>
    public long Repairs { get; init; }

    /// <summary>See <see cref="SourceReport.LastEventAt"/>: as it was last reported.</summary>
    public DateTimeOffset? LastEventAt { get; init; }

    /// <summary>See <see cref="SourceReport.LastListAt"/>: as it was last reported.</summary>
    public DateTimeOffset? LastListAt { get; init; }
}

/// <summary>The right to mirror a source, which one node has at a time.</summary>
/// <param name="SourceId">The source.</param>
/// <param name="Holder">Names the process.</param>
/// <param name="Token">Higher than that of every holder before: what is written with a lower one is refused.</param>
public readonly record struct SourceLease(Guid SourceId, string Holder, long Token);

/// <summary>How the mirroring of a source goes, for the operator.</summary>
/// <param name="State">As <c>status.state</c> has it.</param>
/// <param name="Message">Why; empty when all is well.</param>
public sealed record SourceReport(string State, string Message)
{
    /// <summary>The server whose entities are mirrored.</summary>
    public string ControllerId { get; init; } = "";

    /// <summary>The server's version.</summary>
    public string Version { get; init; } = "";

    /// <summary>The node that mirrors it.</summary>
    public string Node { get; init; } = "";

    /// <summary>How many entities are mirrored.</summary>
    public long Entities { get; init; }

    /// <summary>How many changes only a list brought, after the first one was through.</summary>
    public long Repairs { get; init; }

    /// <summary>When the server sent its last event.</summary>
    public DateTimeOffset? LastEventAt { get; init; }

    /// <summary>When everything was last listed and compared.</summary>
    public DateTimeOffset? LastListAt { get; init; }
}

/// <summary>The sources that are set up.</summary>
public interface ISourceRegistry
{
    /// <summary>All of them, those that are being removed too.</summary>
    Task<IReadOnlyList<SourceSettings>> ReadAsync(CancellationToken cancellation);

    /// <summary>Stores the source's state; false, and nothing is stored, when another node has the lease.</summary>
    Task<bool> ReportAsync(SourceLease lease, SourceReport report, CancellationToken cancellation);

    /// <summary>Removes a source whose entities are all gone; false when the lease is another's.</summary>
    Task<bool> RemoveAsync(SourceLease lease, CancellationToken cancellation);
}

/// <summary>Gives out the right to mirror a source.</summary>
public interface ISourceLeases
{
    /// <summary>Acquires it; null when another holds it.</summary>
    Task<SourceLease?> TryAcquireAsync(Guid sourceId, TimeSpan timeToLive, CancellationToken cancellation);

    /// <summary>Lets it last this long from now on; false when it has ended.</summary>
    Task<bool> RenewAsync(SourceLease lease, TimeSpan timeToLive, CancellationToken cancellation);

    /// <summary>Gives it back.</summary>
    Task ReleaseAsync(SourceLease lease, CancellationToken cancellation);
}
