namespace Garm.Data.Leases;

/// <summary>A row of <c>leases</c>: which process may do something that only one process at a time may do, and until when.</summary>
internal sealed class Lease
{
    /// <summary>The purpose of the lease. There is one row for each name; it is never deleted, so tokens only rise.</summary>
    public string Name { get; init; } = "";

    /// <summary>The current or last holder.</summary>
    public string Holder { get; set; } = "";

    /// <summary>Incremented by every acquisition.</summary>
    public long FencingToken { get; set; }

    /// <summary>When it expires, in milliseconds since 1970 by the database's clock; 0 when it was released.</summary>
    public long ExpiresAtMs { get; set; }
}

/// <summary>One acquisition of a lease.</summary>
/// <param name="Name">The lease.</param>
/// <param name="Holder">The holder.</param>
/// <param name="FencingToken">
/// Higher than that of every earlier acquisition: a write with a token is refused once a higher one exists.
/// </param>
public readonly record struct LeaseGrant(string Name, string Holder, long FencingToken);
