namespace Garm.Data.Model;

/// <summary>A GARM server whose entities are mirrored.</summary>
internal sealed class Source
{
    /// <summary>Names its lease too: a source that is removed and made again is another one.</summary>
    public Guid Id { get; init; }

    /// <summary>Unique; in the log, in events and filters.</summary>
    public string Name { get; init; } = "";

    public DateTime CreatedAt { get; init; }
    public DateTime UpdatedAt { get; set; }

    /// <summary>Without a slash at its end.</summary>
    public string Url { get; set; } = "";

    public string Username { get; set; } = "";

    /// <summary>The password, encrypted.</summary>
    public byte[]? SealedPassword { get; set; }

    /// <summary>PEM; empty for none.</summary>
    public byte[] CaBundle { get; set; } = [];

    public int RelistSeconds { get; set; }

    public bool Enabled { get; set; }

    /// <summary>It is being removed: its entities get delete events, then the row goes.</summary>
    public bool IsLeaving { get; set; }

    /// <summary>Raised by each change of the settings above.</summary>
    public long Revision { get; set; }

    public List<SourceHost> Hosts { get; set; } = [];

    public SourceStatus Status { get; set; } = null!;
}

/// <summary>A host name under which the hub stands in front of a source.</summary>
internal sealed class SourceHost
{
    /// <summary>Lower case; with a port where it is part of the name.</summary>
    public string Host { get; init; } = "";

    public Guid SourceId { get; init; }
}

/// <summary>How the mirroring goes. The holder of the source's lease writes it; a change of the settings leaves it alone.</summary>
internal sealed class SourceStatus
{
    public Guid SourceId { get; init; }

    /// <summary>As in the view.</summary>
    public string State { get; set; } = "";

    public string Message { get; set; } = "";

    /// <summary>Of the server whose entities are mirrored; empty for none yet.</summary>
    public string ControllerId { get; set; } = "";

    public string Version { get; set; } = "";
    public string Node { get; set; } = "";
    public long Entities { get; set; }
    public long Repairs { get; set; }
    public DateTime? LastEventAt { get; set; }
    public DateTime? LastListAt { get; set; }
}
