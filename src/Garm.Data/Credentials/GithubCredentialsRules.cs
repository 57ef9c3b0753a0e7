using System.Security.Cryptography;
using System.Text;
using Garm.Contracts.Requests;
using Garm.Data.Model;

namespace Garm.Data.Credentials;

/// <summary>The checks of GitHub credentials; their order and messages are GARM's.</summary>
internal static class GithubCredentialsRules
{
    private const string Failed = "failed to validate github credentials params";

    public static void Check(CreateGithubCredentialsRequest request)
    {
        if (string.IsNullOrEmpty(request.Name)) throw Refuse("missing name");
        if (string.IsNullOrEmpty(request.Endpoint)) throw Refuse("missing endpoint");
        switch (request.AuthType)
        {
            case AuthTypes.Pat:
                Check(request.Pat ?? new GithubPat());
                break;
            case AuthTypes.App:
                Check(request.App ?? new GithubApp());
                break;
            default:
                throw Refuse("invalid auth_type");
        }
    }

    public static void Check(UpdateGithubCredentialsRequest request)
    {
        if (request.Pat is not null && request.App is not null) throw Refuse("cannot update both PAT and App");
        if (request.Pat is not null) Check(request.Pat);
        if (request.App is not null) Check(request.App);

        // The hub's own check, so it comes last: GARM would accept an empty name, but entities refer to credentials by name.
        if (request.Name is "") throw Refuse("missing name");
    }

    private static void Check(GithubPat pat)
    {
        if (string.IsNullOrEmpty(pat.Oauth2Token)) throw Refuse("missing oauth2_token");
    }

    private static void Check(GithubApp app)
    {
        if (app.AppId is null or 0) throw Refuse("invalid app: missing app_id");
        if (app.InstallationId is null or 0) throw Refuse("invalid app: missing installation_id");
        if (app.PrivateKeyBytes is null or []) throw Refuse("invalid app: missing private_key_bytes");
        CheckKey(app.PrivateKeyBytes);
    }

    // GARM answers 500 to a PEM without a PKCS#1 key; this message says which format is expected.
    private static void CheckKey(byte[] pem)
    {
        var text = Encoding.Latin1.GetString(pem);
        if (!PemEncoding.TryFind(text, out var fields)) throw Refuse("invalid app: invalid private_key_bytes");
        var der = Convert.FromBase64String(text[fields.Base64Data]);
        try
        {
            using var key = RSA.Create();
            key.ImportRSAPrivateKey(der, out var read);
            if (read == der.Length) return;
        }
        catch (CryptographicException)
        {
            // Refused below, as is a key of which only a part can be read.
        }
        finally
        {
            CryptographicOperations.ZeroMemory(der);
        }

        throw Refuse("invalid app: private_key_bytes must be a PKCS#1 PEM (BEGIN RSA PRIVATE KEY)");
    }

    private static GarmException Refuse(string reason) => GarmException.BadRequest($"{Failed}: {reason}");
}
