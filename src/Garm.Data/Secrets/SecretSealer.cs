using System.Security.Cryptography;

namespace Garm.Data.Secrets;

/// <summary>
/// Encrypts secrets at rest with the current passphrase. Secrets that were encrypted with other known passphrases can still be
/// decrypted.
/// </summary>
public sealed class SecretSealer
{
    private readonly SealingKey _current;
    private readonly IReadOnlyList<SealingKey> _keys;

    /// <summary>Derives the keys, which takes some tens of milliseconds for each passphrase: one instance per process.</summary>
    /// <param name="passphrase">The passphrase for encryption and decryption.</param>
    /// <param name="others">Passphrases for decryption only: former ones, and the next one.</param>
    public SecretSealer(string passphrase, params IEnumerable<string> others)
    {
        _current = new SealingKey(passphrase);
        _keys = [_current, .. others.Where(x => x != passphrase).Distinct().Select(x => new SealingKey(x))];
    }

    /// <summary>Identifies the key for encryption; see <see cref="SealedKey.Id"/>.</summary>
    public string KeyId => _current.Id;

    /// <summary>Encrypts; equal secrets give different results.</summary>
    public byte[] Seal(string secret, string purpose) => _current.Seal(secret, purpose);

    /// <summary>Decrypts.</summary>
    /// <exception cref="CryptographicException">The passphrase is not known, the purpose is another, or the bytes are damaged.</exception>
    public string Open(byte[] sealedBytes, string purpose) =>
        TryOpen(sealedBytes, purpose) ?? throw new CryptographicException("this is not an encrypted secret, or no known passphrase decrypts it");

    /// <summary>Decrypts; null when <see cref="Open"/> would throw.</summary>
    public string? TryOpen(byte[] sealedBytes, string purpose) =>
        _keys.Select(x => x.TryOpen(sealedBytes, purpose)).FirstOrDefault(x => x is not null);

    /// <summary>Whether the current passphrase decrypts it.</summary>
    public bool IsCurrent(byte[] sealedBytes, string purpose) => _current.TryOpen(sealedBytes, purpose) is not null;
}

/// <summary>The purposes of encrypted columns.</summary>
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
