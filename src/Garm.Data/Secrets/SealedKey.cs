namespace Garm.Data.Secrets;

/// <summary>
/// A row of <c>secret_keys</c>: a key with which secrets in this database are or were encrypted, and a check value by which a node
/// finds out whether it has the key's passphrase.
/// </summary>
internal sealed class SealedKey
{
    /// <summary>Derived from the key, and does not reveal it.</summary>
    public string Id { get; init; } = "";

    /// <summary>The id, encrypted with the key.</summary>
    public byte[] SealedCheck { get; init; } = [];

    /// <summary>One of <see cref="SealedKeyStates"/>.</summary>
    public string State { get; init; } = SealedKeyStates.Active;
}

/// <summary>The states of a key.</summary>
internal static class SealedKeyStates
{
    /// <summary>Nodes may encrypt secrets with it.</summary>
    public const string Active = "active";

    /// <summary>Nodes no longer encrypt with it; its secrets are being encrypted again.</summary>
    public const string Leaving = "leaving";

    /// <summary>No secret is encrypted with it. The row stays, so that no node uses the key again.</summary>
    public const string Retired = "retired";
}
