using System.Security.Cryptography;
using System.Text;
using Garm.Data.Secrets;
using Microsoft.AspNetCore.DataProtection;

namespace Garm.WebConsole.Access;

/// <summary>
/// Protects antiforgery tokens and what a page tells the circuit that it opens. The keys come from the hub's passphrase, which all nodes
/// share: a page of one node may send its form to another one. The framework's own keys would be files of one node.
/// </summary>
internal sealed class SharedDataProtection(SecretSealer sealer, string purpose = "console") : IDataProtectionProvider, IDataProtector
{
    public IDataProtector CreateProtector(string purpose1) =>
        new SharedDataProtection(sealer, $"{purpose}/{purpose1.Length}:{purpose1}");

    public byte[] Protect(byte[] plaintext) => sealer.Seal(Convert.ToBase64String(plaintext), purpose);

    public byte[] Unprotect(byte[] protectedData)
    {
        ArgumentNullException.ThrowIfNull(protectedData);
        try
        {
            return Convert.FromBase64String(sealer.Open(protectedData, purpose));
        }
        catch (Exception e) when (e is ArgumentException or FormatException or DecoderFallbackException)
        {
            throw new CryptographicException("this was not protected by a node of this hub", e);
        }
    }
}
