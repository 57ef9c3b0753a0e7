using System.Security.Cryptography;
using System.Text;

namespace Garm.Host.Tests.Properties;

/// <summary>Secrets that are sent and must never be shown: each is unique, and all contain the same word.</summary>
internal sealed class Secrets
{
    private const string Word = "zq7keepthis";

    private readonly List<string> _further = [];

    /// <summary>A new secret that is a strong password.</summary>
    public string New() => $"{Word}-{Guid.NewGuid():N}-Xy!9";

    /// <summary>A new App key: PKCS#1 in PEM. A line from its middle represents it, as text and in base64.</summary>
    public byte[] NewKey()
    {
        using var rsa = RSA.Create(2048);
        var pem = rsa.ExportRSAPrivateKeyPem();
        var bytes = Encoding.ASCII.GetBytes(pem);
        _further.Add(pem.Split('\n')[3]);
        _further.Add(Convert.ToBase64String(bytes)[200..300]);
        return bytes;
    }

    /// <summary>Another secret, such as a runner's token.</summary>
    public void Add(string secret) => _further.Add(secret);

    /// <summary>The secret that a text contains, or null.</summary>
    public string? FindIn(string text) =>
        text.Contains(Word, StringComparison.OrdinalIgnoreCase) ? Word
        : text.Contains(Convert.ToBase64String(Encoding.ASCII.GetBytes(Word))[..12], StringComparison.Ordinal) ? $"{Word} in base64"
        : _further.FirstOrDefault(x => text.Contains(x, StringComparison.Ordinal));
}
