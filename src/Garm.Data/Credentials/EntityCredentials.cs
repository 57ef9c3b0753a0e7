using Garm.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Credentials;

/// <summary>Finds the credentials that an entity asks for by name.</summary>
internal static class EntityCredentials
{
    /// <summary>
    /// The credentials with their endpoint, whatever the case of their name. Where no forge type is given, only credentials whose
    /// name no other kind has are found: which are meant would be a guess.
    /// </summary>
    public static async Task<ForgeCredentials?> FindAsync(
        GarmDbContext db, string? forgeType, string name, CancellationToken cancellation)
    {
        var normalized = Normalized.Of(name);
        IQueryable<ForgeCredentials> kind = forgeType switch
        {
            ForgeTypes.Github => db.GithubCredentials,
            ForgeTypes.Gitea => db.GiteaCredentials,
            _ => db.Credentials,
        };
        var found = await kind.Include(x => x.Endpoint).Where(x => x.NormalizedName == normalized).ToListAsync(cancellation);
        return found is [var only] ? only : null;
    }
}
