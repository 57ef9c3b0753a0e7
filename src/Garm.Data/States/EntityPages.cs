using Microsoft.EntityFrameworkCore;

namespace Garm.Data.States;

/// <summary>Reads all entities of a type in pages, for any type of key.</summary>
internal static class EntityPages
{
    /// <summary>The keys of all entities.</summary>
    public static Task<IReadOnlyList<object>> KeysAsync<T>(GarmDbContext db, CancellationToken cancellation)
        where T : class => KeyOf<T>(db) switch
        {
            (var name, var type) when type == typeof(Guid) => KeysAsync<T, Guid>(db, name, cancellation),
            (var name, var type) when type == typeof(long) => KeysAsync<T, long>(db, name, cancellation),
            (var name, var type) when type == typeof(string) => KeysAsync<T, string>(db, name, cancellation),
            (_, var type) => throw new NotSupportedException($"{typeof(T).Name} has a key of the type {type.Name}"),
        };

    /// <summary>The entities with these keys; deleted ones are left out.</summary>
    public static Task<IReadOnlyList<object>> FindAsync<T>(GarmDbContext db, IReadOnlyList<object> keys, CancellationToken cancellation)
        where T : class => KeyOf<T>(db) switch
        {
            (var name, var type) when type == typeof(Guid) => FindAsync<T, Guid>(db, name, keys, cancellation),
            (var name, var type) when type == typeof(long) => FindAsync<T, long>(db, name, keys, cancellation),
            (var name, _) => FindAsync<T, string>(db, name, keys, cancellation),
        };

    private static (string Name, Type Type) KeyOf<T>(GarmDbContext db)
    {
        var key = db.Model.FindEntityType(typeof(T))!.FindPrimaryKey()!.Properties[0];
        return (key.Name, key.ClrType);
    }

    private static async Task<IReadOnlyList<object>> KeysAsync<T, TKey>(GarmDbContext db, string name, CancellationToken cancellation)
        where T : class
        where TKey : notnull
    {
        var keys = await db.Set<T>().AsNoTracking().Select(x => EF.Property<TKey>(x, name)).ToListAsync(cancellation).ConfigureAwait(false);
        return keys.ConvertAll(x => (object)x);
    }

    private static async Task<IReadOnlyList<object>> FindAsync<T, TKey>(
        GarmDbContext db, string name, IReadOnlyList<object> keys, CancellationToken cancellation)
        where T : class
    {
        var wanted = keys.Cast<TKey>().ToList();
        return await db.Set<T>().Where(x => wanted.Contains(EF.Property<TKey>(x, name))).ToListAsync(cancellation).ConfigureAwait(false);
    }
}
