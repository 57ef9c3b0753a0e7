namespace Garm.Data.Secrets;

/// <summary>
/// A row of <c>secret_keys</c>: a key that secrets in this database were sealed with, and a value by which a node finds out
/// whether it has its passphrase.
/// </summary>
internal sealed class SealedKey
{
    /// <summary>Made of the key; says nothing of it.</summary>
    public string Id { get; init; } = "";

    /// <summary>The id, sealed with the key.</summary>
    public byte[] SealedCheck { get; init; } = [];

    /// <summary>One of <see cref="SealedKeyStates"/>.</summary>
    public string State { get; init; } = SealedKeyStates.Active;
}

/// <summary>The life of a key.</summary>
internal static class SealedKeyStates
{
    /// <summary>Secrets may be sealed with it at any time.</summary>
    public const string Active = "active";

    /// <summary>Nothing is sealed with it any more; what was, is being sealed anew.</summary>
    public const string Leaving = "leaving";

    /// <summary>Nothing is sealed with it. It stays known, so that no node takes it up again.</summary>
    public const string Retired = "retired";
}
