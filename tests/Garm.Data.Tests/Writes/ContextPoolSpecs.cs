using Garm.Data.Tests.Engines;
using Garm.Data.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Garm.Data.Tests.Writes;

/// <summary>The state of contexts that are returned to the pool.</summary>
public sealed class ContextPoolSpecs : IAsyncLifetime
{
    private EngineDatabase? _database;
    private ServiceProvider? _services;

    private IDbContextFactory<GarmDbContext> Contexts => _services!.GetRequiredService<IDbContextFactory<GarmDbContext>>();

    public async Task InitializeAsync()
    {
        _database = await TestEngine.Sqlite.CreateAsync(schema: true);
        _services = TestDatabase.BuildServices(_database.Engine, new RecordedCommits());
    }

    public async Task DisposeAsync()
    {
        await _services!.DisposeAsync();
        await _database!.DropAsync();
    }

    [Fact]
    public async Task WhatComesBack_IsForgotten()
    {
        var db = Contexts.CreateDbContext();
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        db.Add(new Model.Tag { Name = "x" });
        await db.DisposeAsync();

        var again = Contexts.CreateDbContext();

        Assert.Same(db, again);
        Assert.Empty(again.ChangeTracker.Entries());
        Assert.Equal(QueryTrackingBehavior.TrackAll, again.ChangeTracker.QueryTrackingBehavior);
        await again.DisposeAsync();
    }

    [Fact]
    public async Task AfterAPeak_OnlySomeAreKept()
    {
        var peak = Enumerable.Range(0, 50).Select(_ => Contexts.CreateDbContext()).ToHashSet();
        Assert.Equal(50, peak.Count);
        foreach (var db in peak) await db.DisposeAsync();

        var next = Enumerable.Range(0, 50).Select(_ => Contexts.CreateDbContext()).ToHashSet();

        Assert.Equal(32, next.Count(peak.Contains));
        foreach (var db in next) await db.DisposeAsync();
    }
}
