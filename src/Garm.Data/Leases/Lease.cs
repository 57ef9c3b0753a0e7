namespace Garm.Data.Leases;

/// <summary>A row of <c>leases</c>: who may do a thing that only one process may do at a time, and until when.</summary>
internal sealed class Lease
{
    /// <summary>What the lease is for; there is one row a name, which is never deleted, so that tokens only rise.</summary>
    public string Name { get; init; } = "";

    /// <summary>The current or last holder.</summary>
    public string Holder { get; set; } = "";

    /// <summary>Rises by one with every acquisition.</summary>
    public long FencingToken { get; set; }

    /// <summary>When it ends, in milliseconds since 1970 by the database's clock; 0 when it was given back.</summary>
    public long ExpiresAtMs { get; set; }
}

/// <summary>One acquisition of a lease.</summary>
/// <param name="Name">The lease.</param>
/// <param name="Holder">Who acquired it.</param>
/// <param name="FencingToken">
/// Higher than that of every acquisition before: what is done in the name of the lease is refused once a higher one exists.
/// </param>
public readonly record struct LeaseGrant(string Name, string Holder, long FencingToken);
