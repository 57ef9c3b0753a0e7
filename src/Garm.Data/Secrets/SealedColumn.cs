using Garm.Data.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Garm.Data.Secrets;

/// <summary>An encrypted value as it was read.</summary>
/// <param name="Id">The row's key.</param>
/// <param name="Bytes">The encrypted secret.</param>
internal sealed record SealedValue(object Id, byte[] Bytes);

/// <summary>A column of encrypted secrets.</summary>
/// <param name="Entity">The class; in a table with several classes, the one whose secrets have this purpose.</param>
/// <param name="Property">The property.</param>
/// <param name="Purpose">The purpose that its secrets are bound to.</param>
internal abstract record SealedColumn(Type Entity, string Property, string Purpose)
{
    /// <summary>Every sealed column. A test walks the model and fails for a sealed property that is not here.</summary>
    public static IReadOnlyList<SealedColumn> All { get; } =
    [
        new SealedColumn<GithubCredentials, long>(nameof(ForgeCredentials.SealedPayload), SecretPurposes.GithubCredentials),
        new SealedColumn<GiteaCredentials, long>(nameof(ForgeCredentials.SealedPayload), SecretPurposes.GiteaCredentials),
        new SealedColumn<Repository, Guid>(nameof(RunnerEntity.SealedWebhookSecret), SecretPurposes.WebhookSecret),
        new SealedColumn<Organization, Guid>(nameof(RunnerEntity.SealedWebhookSecret), SecretPurposes.WebhookSecret),
        new SealedColumn<Enterprise, Guid>(nameof(RunnerEntity.SealedWebhookSecret), SecretPurposes.WebhookSecret),
        new SealedColumn<ForgeInstance, Guid>(nameof(RunnerEntity.SealedWebhookSecret), SecretPurposes.WebhookSecret),
        new SealedColumn<Proxy, long>(nameof(Proxy.SealedPassword), SecretPurposes.ProxyPassword),
        new SealedColumn<Source, Guid>(nameof(Source.SealedPassword), SecretPurposes.SourcePassword),
        new SealedColumn<Instance, Guid>(nameof(Instance.SealedJitConfiguration), SecretPurposes.JitConfiguration),
        new SealedColumn<Instance, Guid>(nameof(Instance.SealedRegistrationToken), SecretPurposes.RegistrationToken),
    ];

    /// <summary>Whether a save is about to write an encrypted secret.</summary>
    public static bool IsWritten(ChangeTracker tracker) => tracker.Entries().Any(entry => All.Any(column =>
        column.Entity == entry.Metadata.ClrType
        && entry.State is EntityState.Added or EntityState.Modified
        && (entry.State == EntityState.Added || entry.Property(column.Property).IsModified)
        && entry.Property(column.Property).CurrentValue is byte[] { Length: > 0 }));

    /// <summary>The keys of the rows that have a secret, at most this many.</summary>
    public abstract Task<IReadOnlyList<object>> KeysAsync(GarmDbContext db, int most, CancellationToken cancellation);

    /// <summary>The secrets of these rows, except those that no longer have one.</summary>
    public abstract Task<IReadOnlyList<SealedValue>> ReadAsync(
        GarmDbContext db, IReadOnlyList<object> keys, CancellationToken cancellation);

    /// <summary>Replaces a value unless it has changed since it was read: encrypted values never repeat.</summary>
    public string UpdateSql(GarmDbContext db)
    {
        var type = db.Model.FindEntityType(Entity)!;
        var table = StoreObjectIdentifier.Create(type, StoreObjectType.Table)!.Value;
        var column = type.FindProperty(Property)!.GetColumnName(table);
        return $"UPDATE {table.Name} SET {column} = @new WHERE id = @id AND {column} = @old";
    }
}

/// <summary>A column of this entity, whose key is <c>Id</c>.</summary>
internal sealed record SealedColumn<TEntity, TKey>(string Property, string Purpose) : SealedColumn(typeof(TEntity), Property, Purpose)
    where TEntity : class
    where TKey : struct
{
    private const string Id = "Id";

    /// <inheritdoc />
    public override async Task<IReadOnlyList<object>> KeysAsync(GarmDbContext db, int most, CancellationToken cancellation)
    {
        var keys = await db.Set<TEntity>().AsNoTracking()
            .Where(x => EF.Property<byte[]?>(x, Property) != null)
            .Select(x => EF.Property<TKey>(x, Id)).OrderBy(x => x).Take(most)
            .ToListAsync(cancellation).ConfigureAwait(false);
        return [.. keys.Select(x => (object)x)];
    }

    /// <inheritdoc />
    public override async Task<IReadOnlyList<SealedValue>> ReadAsync(
        GarmDbContext db, IReadOnlyList<object> keys, CancellationToken cancellation)
    {
        var wanted = keys.Cast<TKey>().ToArray();
        var rows = await db.Set<TEntity>().AsNoTracking()
            .Where(x => wanted.Contains(EF.Property<TKey>(x, Id)) && EF.Property<byte[]?>(x, Property) != null)
            .Select(x => new { Key = EF.Property<TKey>(x, Id), Bytes = EF.Property<byte[]>(x, Property) })
            .ToListAsync(cancellation).ConfigureAwait(false);
        return [.. rows.Where(x => x.Bytes.Length > 0).Select(x => new SealedValue(x.Key, x.Bytes))];
    }
}
