using System.Security.Cryptography;

namespace Garm.Data.Secrets;

/// <summary>
/// Encrypts secrets at rest. Everything new is sealed with the current passphrase; what other passphrases have sealed is still
/// opened with those.
/// </summary>
public sealed class SecretSealer
{
    private readonly SealingKey _current;
    private readonly IReadOnlyList<SealingKey> _keys;

    /// <summary>Stretches the passphrases, which takes some tens of milliseconds for each: one instance per process.</summary>
    /// <param name="passphrase">Seals and opens.</param>
    /// <param name="others">Open only: former ones, and the one that comes next.</param>
    public SecretSealer(string passphrase, params IEnumerable<string> others)
    {
        _current = new SealingKey(passphrase);
        _keys = [_current, .. others.Where(x => x != passphrase).Distinct().Select(x => new SealingKey(x))];
    }

    /// <summary>Names the key that seals; see <see cref="SealedKey.Id"/>.</summary>
    public string KeyId => _current.Id;

    /// <summary>Encrypts; equal secrets give different results.</summary>
    public byte[] Seal(string secret, string purpose) => _current.Seal(secret, purpose);

    /// <summary>Decrypts.</summary>
    /// <exception cref="CryptographicException">A passphrase that is not known, another purpose, or the bytes are damaged.</exception>
    public string Open(byte[] sealedBytes, string purpose) =>
        TryOpen(sealedBytes, purpose) ?? throw new CryptographicException("this is no sealed secret, or none of the known passphrases opens it");

    /// <summary>Decrypts; null where <see cref="Open"/> throws.</summary>
    public string? TryOpen(byte[] sealedBytes, string purpose) =>
        _keys.Select(x => x.TryOpen(sealedBytes, purpose)).FirstOrDefault(x => x is not null);

    /// <summary>Whether the current passphrase opens it.</summary>
    public bool IsCurrent(byte[] sealedBytes, string purpose) => _current.TryOpen(sealedBytes, purpose) is not null;
}

/// <summary>What sealed columns are for.</summary>
internal static class SecretPurposes
{
    public const string GithubCredentials = "github_credentials.payload";
    public const string GiteaCredentials = "gitea_credentials.payload";
    public const string WebhookSecret = "webhook_secret";
    public const string ProxyPassword = "proxies.password";
    public const string SourcePassword = "sources.password";
    public const string JitConfiguration = "instances.jit_configuration";
    public const string RegistrationToken = "instances.registration_token";
    public const string KeyCheck = "secret_keys.check";
}
