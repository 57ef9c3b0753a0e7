using Garm.Data.Model;
using Garm.Data.PostgreSql;
using Garm.Data.Writes;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Garm.Data.Tests.Writes;

/// <summary>Which saves are the update of a single row, without a database.</summary>
public sealed class RowUpdatesSpecs
{
    private static readonly PostgreSqlEngine Engine = new("Host=nowhere.invalid;Database=none");

    [Fact]
    public void EveryWatchedEntity_IsOneRowOfOneTable_WithAKeyOfOneColumn()
    {
        using var db = Context();
        var watched = db.Model.GetEntityTypes().Where(x => x.ClrType.IsAssignableTo(typeof(IWatchedEntity))).ToList();

        Assert.NotEmpty(watched);
        Assert.All(watched, x =>
        {
            Assert.Single(x.GetTableMappings());
            Assert.Single(x.FindPrimaryKey()!.Properties);
            Assert.Empty(x.GetComplexProperties());
            Assert.DoesNotContain(x.GetNavigations(), y => y.TargetEntityType.IsOwned());
        });
    }

    [Theory]
    [InlineData(null, 32)]
    [InlineData(1, 1)]
    [InlineData(500, 32)]
    public void ARoundTrip_HasNoMoreUpdatesThanTheSettingsAllow(int? maxBatchSize, int most) =>
        Assert.Equal(most, new PostgreSqlEngine("Host=nowhere.invalid;Database=none", maxBatchSize).MaxSharedUpdates);

    [Fact]
    public void OneChangedRow_IsAnUpdate_OfItsChangedColumns()
    {
        using var db = Context();
        var proxy = Stored(db, new Proxy { Id = 1, Name = "a" });
        Stored(db, new Proxy { Id = 2, Name = "b" });
        proxy.Description = "new";
        db.ChangeTracker.DetectChanges();

        var entry = RowUpdates.Find(db.ChangeTracker);

        Assert.Same(proxy, entry?.Entity);
        Assert.Equal(["Description"], entry!.Properties.Where(x => x.IsModified).Select(x => x.Metadata.Name));
    }

    [Fact]
    public void AnythingElse_IsNot()
    {
        Assert.False(IsUpdate(_ => { }));
        Assert.False(IsUpdate(db => db.Add(new Proxy { Name = "new" })));
        Assert.False(IsUpdate(db => db.Remove(Stored(db, new Proxy { Id = 1, Name = "a" }))));
        Assert.False(IsUpdate(db => Stored(db, new FileContent { Id = Guid.NewGuid() }).ChunkCount++));
        Assert.False(IsUpdate(db => Stored(db, new Pool { Id = Guid.NewGuid() }).TemplateId = 7));
        Assert.False(IsUpdate(db =>
        {
            Stored(db, new Proxy { Id = 1, Name = "a" }).Description = "new";
            Stored(db, new Proxy { Id = 2, Name = "b" }).Description = "new";
        }));
    }

    private static bool IsUpdate(Action<GarmDbContext> change)
    {
        using var db = Context();
        change(db);
        db.ChangeTracker.DetectChanges();
        return RowUpdates.Find(db.ChangeTracker) is not null;
    }

    private static T Stored<T>(GarmDbContext db, T entity)
        where T : class
    {
        db.Entry(entity).State = EntityState.Unchanged;
        return entity;
    }

    private static GarmDbContext Context()
    {
        var options = new DbContextOptionsBuilder<GarmDbContext>();
        GarmDataServices.Configure(options, Engine).UseModel(Engine.CompiledModel);
        return new GarmDbContext(options.Options, Engine, null!);
    }
}
