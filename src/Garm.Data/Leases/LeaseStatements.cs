namespace Garm.Data.Leases;

/// <summary>The statements for leases.</summary>
/// <param name="now">The database's clock in milliseconds since 1970, as SQL.</param>
internal sealed class LeaseStatements(string now)
{
    private const string IsMine = "name = @name AND holder = @holder AND fencing_token = @token";

    /// <summary>Acquires an expired lease.</summary>
    public string TakeOver { get; } =
        $"UPDATE leases SET holder = @holder, fencing_token = fencing_token + 1, expires_at_ms = {now} + @ttl "
        + $"WHERE name = @name AND expires_at_ms <= {now}";

    /// <summary>Acquires a lease that has no row yet.</summary>
    public string TakeFirst { get; } =
        "INSERT INTO leases (name, holder, fencing_token, expires_at_ms) "
        + $"SELECT @name, @holder, 1, {now} + @ttl WHERE NOT EXISTS (SELECT 1 FROM leases WHERE name = @name)";

    public string Renew { get; } = $"UPDATE leases SET expires_at_ms = {now} + @ttl WHERE {IsMine} AND expires_at_ms > {now}";

    public string Release { get; } = $"UPDATE leases SET expires_at_ms = 0 WHERE {IsMine}";

    /// <summary>Changes nothing, but locks the row if the holder still has the lease.</summary>
    public string Lock { get; } = $"UPDATE leases SET expires_at_ms = expires_at_ms WHERE {IsMine} AND expires_at_ms > {now}";

    public string ReadToken { get; } = "SELECT fencing_token FROM leases WHERE name = @name";

    public IReadOnlyList<string> All => [TakeOver, TakeFirst, Renew, Release, Lock, ReadToken];
}
