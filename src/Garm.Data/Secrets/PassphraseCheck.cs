using System.Security.Cryptography;
using Garm.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Secrets;

/// <summary>
/// Whether the passphrase is the one that the secrets in the database were sealed with. A node that got another one, or a
/// database that was restored without its own, works until a secret is needed.
/// </summary>
public sealed class PassphraseCheck(IDbContextFactory<GarmDbContext> contexts, SecretSealer sealer)
{
    /// <summary>The name of credentials that the passphrase does not open; null when it opens the oldest, or there are none.</summary>
    public async Task<string?> FindUnreadableAsync(CancellationToken cancellation)
    {
        var db = await contexts.CreateDbContextAsync(cancellation).ConfigureAwait(false);
        await using var disposal = db.ConfigureAwait(false);
        var oldest = await db.Credentials.AsNoTracking().OrderBy(x => x.Id).FirstOrDefaultAsync(cancellation).ConfigureAwait(false);
        return oldest is null || IsReadable(oldest) ? null : oldest.Name;
    }

    private bool IsReadable(ForgeCredentials credentials)
    {
        try
        {
            sealer.Open(
                credentials.SealedPayload,
                credentials is GithubCredentials ? SecretPurposes.GithubCredentials : SecretPurposes.GiteaCredentials);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
