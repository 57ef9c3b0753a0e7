using System.Security.Cryptography;
using System.Text;

namespace Garm.Data.Secrets;

/// <summary>
/// Encrypts secrets at rest: AES-256-GCM under a key that is stretched from the passphrase. The form is a version byte, the
/// nonce, the tag and the cipher text; what a secret is for is authenticated with it, so that one column's value does not
/// open in another.
/// </summary>
public sealed class SecretSealer
{
    private const byte FormatVersion = 1;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int Iterations = 100_000;

    private readonly byte[] _key;

    /// <summary>Stretches the passphrase, which takes some tens of milliseconds: one instance per process.</summary>
    public SecretSealer(string passphrase)
    {
        ArgumentException.ThrowIfNullOrEmpty(passphrase);
        _key = Rfc2898DeriveBytes.Pbkdf2(
            passphrase, "garm secrets at rest, version 1"u8, Iterations, HashAlgorithmName.SHA256, 32);
    }

    /// <summary>Encrypts; equal secrets give different results.</summary>
    public byte[] Seal(string secret, string purpose)
    {
        var plain = Encoding.UTF8.GetBytes(secret);
        var sealedBytes = new byte[1 + NonceLength + TagLength + plain.Length];
        sealedBytes[0] = FormatVersion;
        var nonce = sealedBytes.AsSpan(1, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(_key, TagLength);
        aes.Encrypt(
            nonce, plain, sealedBytes.AsSpan(1 + NonceLength + TagLength), sealedBytes.AsSpan(1 + NonceLength, TagLength),
            Encoding.UTF8.GetBytes(purpose));
        return sealedBytes;
    }

    /// <summary>Decrypts.</summary>
    /// <exception cref="CryptographicException">Another passphrase or purpose, or the bytes are damaged.</exception>
    public string Open(byte[] sealedBytes, string purpose)
    {
        if (sealedBytes.Length < 1 + NonceLength + TagLength || sealedBytes[0] != FormatVersion)
            throw new CryptographicException("this is no sealed secret");
        var plain = new byte[sealedBytes.Length - 1 - NonceLength - TagLength];
        using var aes = new AesGcm(_key, TagLength);
        aes.Decrypt(
            sealedBytes.AsSpan(1, NonceLength), sealedBytes.AsSpan(1 + NonceLength + TagLength),
            sealedBytes.AsSpan(1 + NonceLength, TagLength), plain, Encoding.UTF8.GetBytes(purpose));
        return Encoding.UTF8.GetString(plain);
    }
}

/// <summary>What sealed columns are for.</summary>
public static class SecretPurposes
{
    public const string GithubCredentials = "github_credentials.payload";
    public const string GiteaCredentials = "gitea_credentials.payload";
    public const string WebhookSecret = "webhook_secret";
    public const string ProxyPassword = "proxies.password";
    public const string JitConfiguration = "instances.jit_configuration";
    public const string RegistrationToken = "instances.registration_token";
}
