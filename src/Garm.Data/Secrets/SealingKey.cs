using System.Security.Cryptography;
using System.Text;

namespace Garm.Data.Secrets;

/// <summary>
/// AES-256-GCM with a key that is derived from a passphrase. An encrypted secret is a version byte, the nonce, the tag and the
/// cipher text; the purpose is authenticated with it, so that the value of one column cannot be decrypted in another.
/// </summary>
internal sealed class SealingKey
{
    private const byte FormatVersion = 1;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int HeadLength = 1 + NonceLength + TagLength;
    private const int Iterations = 100_000;
    private const int IdLength = 8;

    private readonly byte[] _key;

    /// <summary>Derives the key from the passphrase, which takes some tens of milliseconds.</summary>
    public SealingKey(string passphrase)
    {
        ArgumentException.ThrowIfNullOrEmpty(passphrase);
        _key = Rfc2898DeriveBytes.Pbkdf2(
            passphrase, "garm secrets at rest, version 1"u8, Iterations, HashAlgorithmName.SHA256, 32);
        Id = Convert.ToHexStringLower(HMACSHA256.HashData(_key, "garm key id"u8).AsSpan(0, IdLength));
    }

    /// <summary>Identifies the key without revealing it: 16 hexadecimal digits.</summary>
    public string Id { get; }

    public byte[] Seal(string secret, string purpose)
    {
        var plain = Encoding.UTF8.GetBytes(secret);
        var sealedBytes = new byte[HeadLength + plain.Length];
        sealedBytes[0] = FormatVersion;
        var nonce = sealedBytes.AsSpan(1, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(_key, TagLength);
        aes.Encrypt(
            nonce, plain, sealedBytes.AsSpan(HeadLength), sealedBytes.AsSpan(1 + NonceLength, TagLength), Encoding.UTF8.GetBytes(purpose));
        return sealedBytes;
    }

    /// <summary>The secret; null when it was encrypted with another key or for another purpose, or is damaged.</summary>
    public string? TryOpen(byte[] sealedBytes, string purpose)
    {
        if (sealedBytes.Length < HeadLength || sealedBytes[0] != FormatVersion) return null;
        var plain = new byte[sealedBytes.Length - HeadLength];
        using var aes = new AesGcm(_key, TagLength);
        try
        {
            aes.Decrypt(
                sealedBytes.AsSpan(1, NonceLength), sealedBytes.AsSpan(HeadLength), sealedBytes.AsSpan(1 + NonceLength, TagLength), plain,
                Encoding.UTF8.GetBytes(purpose));
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }

        return Encoding.UTF8.GetString(plain);
    }
}
