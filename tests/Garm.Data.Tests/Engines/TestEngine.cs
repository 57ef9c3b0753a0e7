using Garm.Data.Engines;
using Xunit;

namespace Garm.Data.Tests.Engines;

/// <summary>An engine that the contract runs on: makes databases that live as long as a test.</summary>
public abstract class TestEngine
{
    /// <summary>Always there.</summary>
    public static TestEngine Sqlite { get; } = new SqliteTestEngine();

    /// <summary>There when <c>GARM_TEST_POSTGRES</c> is set.</summary>
    public static TestEngine PostgreSql { get; } = new PostgreSqlTestEngine();

    /// <summary>There when <c>GARM_TEST_SQLSERVER</c> is set.</summary>
    public static TestEngine SqlServer { get; } = new SqlServerTestEngine();

    /// <summary>Why the tests on it are skipped; null when they run.</summary>
    public abstract string? SkipReason { get; }

    /// <summary>Makes a database of this test's own.</summary>
    /// <param name="schema">Whether it has the schema and what every database starts with; otherwise it is empty.</param>
    public async Task<EngineDatabase> CreateAsync(bool schema)
    {
        Skip.If(SkipReason is not null, SkipReason);
        return await MakeAsync(schema);
    }

    protected abstract Task<EngineDatabase> MakeAsync(bool schema);

    /// <summary>A name that no other test has.</summary>
    protected static string NewName() => $"garm_test_{Guid.NewGuid():N}";
}

/// <summary>A database and how it goes.</summary>
/// <param name="Engine">On it.</param>
/// <param name="NewEngine">Makes another engine on the same database, as another node would.</param>
/// <param name="DropAsync">Removes it.</param>
public sealed record EngineDatabase(DatabaseEngine Engine, Func<DatabaseEngine> NewEngine, Func<Task> DropAsync)
{
    /// <summary>The connection string, for what a test does beside the hub.</summary>
    public required string ConnectionString { get; init; }
}
