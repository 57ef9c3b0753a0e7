using Garm.Actors.Reads;

namespace Garm.Actors.Sources;

/// <summary>Settings of the actors that mirror sources.</summary>
public sealed record SourceOptions
{
    /// <summary>What this node is called in the status of the sources that it mirrors. Default: the machine's name.</summary>
    public Func<string> Node { get; init; } = () => Environment.MachineName;

    /// <summary>How often the sources' settings are looked at, and a free source is taken. Default 1 s.</summary>
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a node has a source without a renewal. Default 6 s: another node takes over within 10 s.</summary>
    public TimeSpan LeaseTime { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>How often it is renewed, and the status written. Default 2 s.</summary>
    public TimeSpan RenewEvery { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Most changes in one transaction. Default 300.</summary>
    public int BatchSize { get; init; } = 300;

    /// <summary>Most bytes of events that wait to be written; beyond them the connection is cut, and everything listed again. Default 64 MiB.</summary>
    public long MaxQueuedBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>How long reads of the database may take, and how often they are tried again.</summary>
    public RetryOptions Retry { get; init; } = new();
}
