using System.Security.Cryptography;
using System.Text;

namespace Garm.Data.Webhooks;

/// <summary>Checks the signature of a delivery: <c>X-Hub-Signature-256</c>, with SHA-256 or, as in GARM, SHA-1.</summary>
internal static class WebhookSignature
{
    private const string Failed = "error validating webhook data";

    /// <summary>Returns when the signature is that of the body with the secret.</summary>
    /// <exception cref="GarmException">401: missing or wrong; 400: malformed.</exception>
    public static void Check(string? signature, string secret, byte[] body)
    {
        if (string.IsNullOrEmpty(signature)) throw GarmException.Unauthorized();
        if (signature.Split('=', 2) is not [var algorithm, var digest])
            throw GarmException.BadRequest($"{Failed}: invalid signature format");
        var key = Encoding.UTF8.GetBytes(secret);
        var expected = algorithm switch
        {
            "sha256" => HMACSHA256.HashData(key, body),
            "sha1" => HMACSHA1.HashData(key, body),
            _ => throw GarmException.BadRequest($"{Failed}: unknown signature type"),
        };
        var given = Encoding.UTF8.GetBytes(digest);
        if (!CryptographicOperations.FixedTimeEquals(given, Encoding.ASCII.GetBytes(Convert.ToHexStringLower(expected))))
            throw GarmException.Unauthorized();
    }
}
