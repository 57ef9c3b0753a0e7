using Garm.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Pools;

/// <summary>Finds the template, proxy and tags that a pool refers to.</summary>
internal static class PoolReferences
{
    private const string NoTemplate = "failed to find suitable template";

    /// <summary>The requested template, or the built-in one; it must match the operating system and the forge.</summary>
    public static async Task<Template> FindTemplateAsync(
        GarmDbContext db, uint? id, string osType, string forgeType, CancellationToken cancellation)
    {
        var template = id is { } wanted
            ? await RequireTemplateAsync(db, wanted, cancellation)
            : await db.Templates
                .Where(x => x.OwnerId == null && x.OsType == osType && x.ForgeType == forgeType)
                .OrderBy(x => x.Id)
                .FirstOrDefaultAsync(cancellation)
                ?? throw GarmException.BadRequest($"{NoTemplate}: no template ID supplied and no default template can be found");

        if (template.OsType != osType)
        {
            throw GarmException.BadRequest(
                $"{NoTemplate}: selected template OS type ({template.OsType}) and pool OS type ({osType}) do not match");
        }

        if (template.ForgeType != forgeType)
        {
            throw GarmException.BadRequest(
                $"{NoTemplate}: selected template forge type ({template.ForgeType}) and pool forge type ({forgeType}) do not match");
        }

        return template;
    }

    /// <summary>The template, whether it matches or not.</summary>
    public static async Task<Template> RequireTemplateAsync(GarmDbContext db, uint id, CancellationToken cancellation) =>
        await db.Templates.SingleOrDefaultAsync(x => x.Id == id, cancellation)
        ?? throw GarmException.NotFound($"{NoTemplate}: failed to get template: failed to get template: not found");

    /// <summary>The proxy; null for the id 0.</summary>
    public static async Task<Proxy?> FindProxyAsync(
        GarmDbContext db, uint id, string failed, CancellationToken cancellation)
    {
        if (id == 0) return null;
        return await db.Proxies.SingleOrDefaultAsync(x => x.Id == id, cancellation)
            ?? throw GarmException.BadRequest($"{failed}: error checking pool proxy: proxy with ID {id} does not exist");
    }

    /// <summary>
    /// Sets the tags of a pool. An existing tag in any spelling is used as it is. When another write creates the same tag at the same
    /// time, the unique name fails this write, and the next attempt finds the tag.
    /// </summary>
    public static async Task SetTagsAsync(
        GarmDbContext db, Pool pool, IReadOnlyList<string?> names, CancellationToken cancellation)
    {
        var tags = await FindTagsAsync(db, names, cancellation);

        // Removed as rows, because a row that is removed from the list loses its owner's key.
        db.RemoveRange(pool.Tags.Where(x => tags.All(tag => tag.Id != x.TagId)));
        foreach (var tag in tags.Where(x => pool.Tags.All(y => y.TagId != x.Id)))
            pool.Tags.Add(new PoolTag { Pool = pool, TagId = tag.Id, Tag = tag });
    }

    /// <summary>The tags with these names, without duplicates; created if they do not exist in any spelling.</summary>
    public static async Task<IReadOnlyCollection<Tag>> FindTagsAsync(
        GarmDbContext db, IReadOnlyList<string?> names, CancellationToken cancellation)
    {
        var wanted = names.Select(x => x ?? "").DistinctBy(Normalized.Of).ToDictionary(Normalized.Of);
        var keys = wanted.Keys.ToList();
        var tags = await db.Tags.Where(x => keys.Contains(x.NormalizedName)).ToDictionaryAsync(x => x.NormalizedName, cancellation);
        foreach (var (key, name) in wanted)
        {
            if (tags.ContainsKey(key)) continue;
            tags[key] = new Tag { Id = Guid.NewGuid(), Name = name };
            db.Tags.Add(tags[key]);
        }

        return tags.Values;
    }
}
