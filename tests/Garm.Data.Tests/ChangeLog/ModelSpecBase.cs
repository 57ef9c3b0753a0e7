using System.Text.Json;
using Garm.Contracts.Events;
using Garm.Data.Model;
using Garm.Data.Tests.Engines;
using Garm.Data.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Xunit;

namespace Garm.Data.Tests.ChangeLog;

/// <summary>Walks the model: every table is logged or exempt.</summary>
public abstract class ModelSpecBase(TestEngine engine) : IAsyncLifetime
{
    private static readonly Type[] ChildKinds = [typeof(IChildOf<>), typeof(INumberedChildOf<>)];

    private readonly TestDatabase _database = new(engine);

    public static TheoryData<string> WatchedTypes => [.. WatchedEntities.All.Select(x => x.ClrType.Name)];

    public Task InitializeAsync() => _database.InitializeAsync();

    public Task DisposeAsync() => _database.DisposeAsync();

    [SkippableFact]
    public async Task EveryTable_IsWatched_OrBelongsToAWatchedOne_OrSaysWhyNot()
    {
        var forgotten = (await ModelTypesAsync())
            .Where(type => WatchedEntities.Find(type.ClrType) is null
                && OwnerTypeOf(type.ClrType) is null
                && !WatchedEntities.Unwatched.ContainsKey(type.ClrType))
            .Select(type => type.ClrType.Name);

        Assert.Empty(forgotten);
    }

    [SkippableFact]
    public async Task EveryChildTable_BelongsToAWatchedType()
    {
        var owners = (await ModelTypesAsync()).Select(type => OwnerTypeOf(type.ClrType)).OfType<Type>().ToList();

        Assert.Contains(typeof(Pool), owners);
        Assert.All(owners, owner => Assert.NotNull(WatchedEntities.Find(owner)));
    }

    [SkippableFact]
    public async Task NoForeignKey_CascadesInTheDatabase()
    {
        var cascading = (await ModelTypesAsync())
            .SelectMany(type => type.GetForeignKeys())
            .Where(key => key.DeleteBehavior is DeleteBehavior.Cascade or DeleteBehavior.SetNull)
            .Select(key => key.ToString());

        Assert.Empty(cascading);
    }

    [SkippableFact]
    public void EveryWatchedType_HasASample() =>
        Assert.Empty(WatchedEntities.All.Select(x => x.ClrType).Except(SampleEntities.All.Keys));

    [SkippableTheory]
    [MemberData(nameof(WatchedTypes))]
    public async Task EveryWatchedType_IsLogged_WhenItIsCreatedChangedAndDeleted(string typeName)
    {
        var watched = WatchedEntities.All.Single(x => x.ClrType.Name == typeName);
        var sample = SampleEntities.All[watched.ClrType];
        var entity = sample.Make();

        await _database.SaveAsync(db => db.Add(entity));
        Assert.Contains(_database.Commits.Changes, x => x.Kind == new EventKind(watched.EntityType, ChangeOperation.Create));

        _database.Commits.Clear();
        await ChangeAsync(watched.ClrType, watched.IdOf(entity), (_, x) => sample.Change(x));
        Assert.Equal(new EventKind(watched.EntityType, ChangeOperation.Update), Assert.Single(_database.Commits.Changes).Kind);

        _database.Commits.Clear();
        await ChangeAsync(watched.ClrType, watched.IdOf(entity), (db, x) => db.Remove(x));
        Assert.Equal(new EventKind(watched.EntityType, ChangeOperation.Delete), Assert.Single(_database.Commits.Changes).Kind);
        Assert.Equal(watched.IdOf(entity), _database.Commits.Changes.Single().EntityId);
    }

    [SkippableTheory]
    [InlineData("added")]
    [InlineData("removed")]
    public async Task AChildRow_ThatComesOrGoes_IsItsOwnersUpdate(string what)
    {
        var pool = SampleEntities.Pool();
        await _database.SaveAsync(db => db.Add(pool));
        var before = (await _database.ReadAsync(db => db.Pools.SingleAsync())).UpdatedAt;
        _database.Commits.Clear();

        await ChangeAsync(typeof(Pool), pool.Id.ToString("D"), (_, x) =>
        {
            var tags = ((Pool)x).Tags;
            if (what == "added") tags.Add(new PoolTag { Tag = new Tag { Id = Guid.NewGuid(), Name = "gpu" } });
            else tags.Clear();
        });

        var change = Assert.Single(_database.Commits.Changes);
        Assert.Equal(new EventKind(EntityType.Pool, ChangeOperation.Update), change.Kind);
        Assert.Equal(what == "added" ? ["gpu", "linux"] : [], TagNames(_database.Commits.SinglePayload));
        Assert.True((await _database.ReadAsync(db => db.Pools.SingleAsync())).UpdatedAt > before);
    }

    [SkippableTheory]
    [InlineData("address")]
    [InlineData("message")]
    [InlineData("nothing left")]
    public async Task AnAddressOrMessage_ThatComesOrGoes_IsItsRunnersUpdate(string what)
    {
        var runner = SampleEntities.Instance();
        await _database.SaveAsync(db => db.Add(runner));
        _database.Commits.Clear();

        await ChangeAsync(typeof(Instance), runner.Id.ToString("D"), (_, x) =>
        {
            var changed = (Instance)x;
            if (what == "address") changed.Addresses.Add(new InstanceAddress { InstanceId = changed.Id, Address = "192.0.2.11", Type = "private" });
            else if (what == "message") changed.StatusMessages.Add(new InstanceStatusMessage { InstanceId = changed.Id, Message = "more" });
            else
            {
                changed.Addresses.Clear();
                changed.StatusMessages.Clear();
            }
        });

        var change = Assert.Single(_database.Commits.Changes);
        Assert.Equal(new EventKind(EntityType.Instance, ChangeOperation.Update), change.Kind);
        var payload = _database.Commits.SinglePayload;
        Assert.Equal(what switch { "address" => 2, "message" => 1, _ => 0 }, CountOf(payload, "addresses"));
        Assert.Equal(what switch { "address" => 1, "message" => 2, _ => 0 }, CountOf(payload, "status_messages"));
    }

    private static int CountOf(JsonElement runner, string list) =>
        runner.TryGetProperty(list, out var items) ? items.GetArrayLength() : 0;

    [SkippableTheory]
    [InlineData("added")]
    [InlineData("changed")]
    [InlineData("removed")]
    public async Task ATagOfAFile_ThatComesChangesOrGoes_IsItsUpdate(string what)
    {
        var file = new FileObject { Name = "f", Content = new FileContent { Id = Guid.NewGuid() } };
        file.Tags.Add(new FileObjectTag { Tag = "first" });
        await _database.SaveAsync(db => db.Add(file));
        _database.Commits.Clear();

        await using (var db = await _database.Contexts.CreateDbContextAsync())
        {
            var row = (await db.FileObjects.Include(x => x.Tags).SingleAsync()).Tags.Single();
            if (what == "added") db.Add(new FileObjectTag { FileObjectId = file.Id, Place = 1, Tag = "second" });
            else if (what == "changed") row.Tag = "other";
            else db.Remove(row);
            await db.SaveChangesAsync();
        }

        var change = Assert.Single(_database.Commits.Changes);
        Assert.Equal(new EventKind(EntityType.FileObject, ChangeOperation.Update), change.Kind);
        Assert.Equal(
            what switch { "added" => ["first", "second"], "changed" => ["other"], _ => [] },
            _database.Commits.SinglePayload.GetProperty("tags").EnumerateArray().Select(x => x.GetString()));
    }

    private static IEnumerable<string?> TagNames(JsonElement pool) =>
        pool.TryGetProperty("tags", out var tags) ? tags.EnumerateArray().Select(x => x.GetProperty("name").GetString()) : [];

    private async Task ChangeAsync(Type type, string id, Action<GarmDbContext, IWatchedEntity> change)
    {
        await using var db = await _database.Contexts.CreateDbContextAsync();
        await db.Pools.Include(x => x.Tags).LoadAsync();
        await db.ScaleSets.Include(x => x.Tags).ThenInclude(x => x.Tag).LoadAsync();
        await db.Instances.Include(x => x.Addresses).Include(x => x.StatusMessages).LoadAsync();
        var watched = WatchedEntities.Find(type)!;
        foreach (var entityType in db.Model.GetEntityTypes().Where(x => x.ClrType == type))
            await LoadAllAsync(db, entityType);
        var entity = db.ChangeTracker.Entries<IWatchedEntity>()
            .Select(x => x.Entity).Single(x => x.GetType() == type && watched.IdOf(x) == id);
        change(db, entity);
        await db.SaveChangesAsync();
    }

    internal static Task LoadAllAsync(GarmDbContext db, IEntityType type) => (Task)typeof(ModelSpecBase)
        .GetMethod(nameof(LoadSetAsync), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!
        .MakeGenericMethod(type.ClrType).Invoke(null, [db])!;

    private static Task LoadSetAsync<T>(GarmDbContext db)
        where T : class => db.Set<T>().LoadAsync();

    private async Task<IReadOnlyList<IEntityType>> ModelTypesAsync() =>
        await _database.ReadAsync(db => Task.FromResult<IReadOnlyList<IEntityType>>([.. db.Model.GetEntityTypes()]));

    private static Type? OwnerTypeOf(Type type) => type.GetInterfaces()
        .SingleOrDefault(x => x.IsGenericType && ChildKinds.Contains(x.GetGenericTypeDefinition()))?.GetGenericArguments()[0];
}
