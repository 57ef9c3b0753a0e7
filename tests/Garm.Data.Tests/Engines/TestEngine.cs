using Garm.Data.Engines;
using Xunit;

namespace Garm.Data.Tests.Engines;

/// <summary>An engine that the contract runs on: creates databases for the duration of a test.</summary>
public abstract class TestEngine
{
    /// <summary>Always available.</summary>
    public static TestEngine Sqlite { get; } = new SqliteTestEngine();

    /// <summary>Available when <c>GARM_TEST_POSTGRES</c> is set.</summary>
    public static TestEngine PostgreSql { get; } = new PostgreSqlTestEngine();

    /// <summary>Available when <c>GARM_TEST_SQLSERVER</c> is set.</summary>
    public static TestEngine SqlServer { get; } = new SqlServerTestEngine();

    /// <summary>Why the tests on it are skipped; null when they run.</summary>
    public abstract string? SkipReason { get; }

    /// <summary>Creates a database for this test.</summary>
    /// <param name="schema">Whether it has the schema and the initial rows; otherwise it is empty.</param>
    public async Task<EngineDatabase> CreateAsync(bool schema)
    {
        Skip.If(SkipReason is not null, SkipReason);
        return await MakeAsync(schema);
    }

    protected abstract Task<EngineDatabase> MakeAsync(bool schema);

    /// <summary>A unique name.</summary>
    protected static string NewName() => $"garm_test_{Guid.NewGuid():N}";
}

/// <summary>A database and its removal.</summary>
/// <param name="Engine">The engine on it.</param>
/// <param name="NewEngine">Creates another engine on the same database, as another node would.</param>
/// <param name="DropAsync">Removes it.</param>
public sealed record EngineDatabase(DatabaseEngine Engine, Func<DatabaseEngine> NewEngine, Func<Task> DropAsync)
{
    /// <summary>The connection string, for the test's own connections.</summary>
    public required string ConnectionString { get; init; }
}
