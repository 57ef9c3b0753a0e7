using Garm.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Credentials;

/// <summary>Finds credentials that an entity refers to by name.</summary>
internal static class EntityCredentials
{
    /// <summary>
    /// The credentials with their endpoint, by case-insensitive name. Without a forge type, credentials are found only if just one
    /// kind of forge has that name, because the choice would be arbitrary.
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
