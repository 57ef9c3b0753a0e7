using System.Reflection;
using Garm.Data.Engines;
using Garm.Data.Model;
using Garm.Data.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Garm.Data.Tests.Structure;

/// <summary>A compiled query tracks as its current context does, whichever context ran it first in the process.</summary>
public sealed class CompiledQuerySpecs : IAsyncLifetime
{
    private const string Name = "github.com";

    private readonly TestDatabase _database = new();

    public Task InitializeAsync() => _database.InitializeAsync();

    public Task DisposeAsync() => _database.DisposeAsync();

    [Theory]
    [InlineData(QueryTrackingBehavior.TrackAll, QueryTrackingBehavior.NoTrackingWithIdentityResolution)]
    [InlineData(QueryTrackingBehavior.NoTrackingWithIdentityResolution, QueryTrackingBehavior.TrackAll)]
    [InlineData(QueryTrackingBehavior.NoTracking, QueryTrackingBehavior.TrackAll)]
    public async Task EachContext_GetsEntitiesAsItTracks_WhoeverAskedFirst(QueryTrackingBehavior first, QueryTrackingBehavior second)
    {
        // A query of this test only, which has not run before.
        var find = new CompiledQuery<Func<GarmDbContext, string, CancellationToken, Task<ForgeEndpoint?>>>(
            () => EF.CompileAsyncQuery((GarmDbContext db, string name, CancellationToken _) => db.Endpoints.SingleOrDefault(x => x.Name == name)));

        foreach (var behaviour in new[] { first, second, first })
        {
            await using var db = await _database.Contexts.CreateDbContextAsync();
            db.ChangeTracker.QueryTrackingBehavior = behaviour;

            var found = await find.For(db)(db, Name, default);

            Assert.NotNull(found);
            Assert.Equal(behaviour == QueryTrackingBehavior.TrackAll ? 1 : 0, db.ChangeTracker.Entries().Count());
        }
    }

    /// <summary>A compiled query is kept in a static field; one that is kept as a bare delegate has the first context's tracking.</summary>
    [Fact]
    public void EveryCompiledQuery_IsKeptAsOne()
    {
        var fields = typeof(GarmDbContext).Assembly.GetTypes()
            .SelectMany(x => x.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .ToList();

        Assert.Contains(fields, x => x.FieldType.IsGenericType && x.FieldType.GetGenericTypeDefinition() == typeof(CompiledQuery<>));
        Assert.DoesNotContain(fields, x => IsQuery(x.FieldType) && !x.DeclaringType!.Name.StartsWith('<'));
    }

    /// <summary>A delegate from a context and values to rows.</summary>
    private static bool IsQuery(Type type) =>
        type.IsGenericType
        && typeof(Delegate).IsAssignableFrom(type)
        && type.GetGenericArguments() is [var context, .., var rows]
        && context == typeof(GarmDbContext)
        && rows.IsGenericType
        && (rows.GetGenericTypeDefinition() == typeof(Task<>) || rows.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>)
            || rows.GetGenericTypeDefinition() == typeof(IEnumerable<>));
}
