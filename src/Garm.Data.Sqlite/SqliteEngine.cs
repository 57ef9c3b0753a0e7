using System.Data.Common;
using Garm.Data.Engines;
using Garm.Data.Sqlite.CompiledModel;
using Garm.Data.Writes;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Garm.Data.Sqlite;

/// <summary>
/// SQLite, for one machine. It allows one writer at a time; commits are durable (<c>synchronous=FULL</c> by default),
/// and readers do not wait (write-ahead log).
/// </summary>
public sealed class SqliteEngine(
    string connectionString, int? maxBatchSize = null, SqliteSynchronous synchronous = SqliteSynchronous.Full)
    : DatabaseEngine, IDisposable
{
    /// <summary>The name in the settings.</summary>
    public const string ProviderName = "Sqlite";

    private const int Busy = 5;
    private const int Locked = 6;

    /// <summary>Raised when two processes begin to use the write-ahead log at the same moment.</summary>
    private const int Protocol = 15;
    private const int ConstraintForeignKey = 787;
    private const int ConstraintPrimaryKey = 1555;

    /// <summary>Raised by <c>ON DELETE RESTRICT</c>.</summary>
    private const int ConstraintTrigger = 1811;
    private const int ConstraintUnique = 2067;

    private readonly SemaphoreSlim _writer = new(1, 1);
    private readonly SqliteConnections _connections = new(connectionString, synchronous);

    /// <inheritdoc />
    public override string Name => ProviderName;

    /// <inheritdoc />
    public override string NowMillisecondsSql => "CAST(ROUND((julianday('now') - 2440587.5) * 86400000) AS INTEGER)";

    /// <inheritdoc />
    public override IReadOnlyList<string> ProtectFiles() => SqliteFiles.Protect(connectionString);

    /// <inheritdoc />
    public override IModel CompiledModel => GarmDbContextModel.Instance;

    /// <inheritdoc />
    public override void Configure(DbContextOptionsBuilder builder) => builder
        .UseSqlite(connectionString, sqlite =>
        {
            sqlite.MigrationsAssembly(typeof(SqliteEngine).Assembly.GetName().Name);
            if (maxBatchSize is { } size) sqlite.MaxBatchSize(size);
        })
        .AddInterceptors(_connections);

    /// <summary>What is wrong with a connection string; null when it is valid.</summary>
    public static string? ConnectionProblem(string connectionString)
    {
        try
        {
            var builder = new SqliteConnectionStringBuilder(connectionString);
            var file = builder.DataSource;
            return string.IsNullOrWhiteSpace(file) ? "Data Source is missing"
                : builder.Mode == SqliteOpenMode.Memory || file.Contains(":memory:", StringComparison.OrdinalIgnoreCase)
                    ? "a database in memory does not outlast its connection"
                : builder.Mode == SqliteOpenMode.ReadOnly ? "Mode=ReadOnly: the hub writes" : null;
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            return e.Message;
        }
    }

    /// <summary>The file in a connection string.</summary>
    public static string FileOf(string connectionString) => new SqliteConnectionStringBuilder(connectionString).DataSource;

    /// <inheritdoc />
    public override Task<TakenPositions> AppendAsync(
        DbTransaction transaction, LogAppend append, CancellationToken cancellation)
    {
        // The engine runs in this process, and its asynchronous methods are synchronous.
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(SqliteAppend.Execute((SqliteTransaction)transaction, append));
    }

    /// <inheritdoc />
    public override Task ApplyStatesAsync(DbTransaction transaction, IReadOnlyList<StateChange> changes, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        SqliteStates.Apply((SqliteTransaction)transaction, changes);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public override bool IsUniqueViolation(Exception exception) =>
        Find<SqliteException>(exception)?.SqliteExtendedErrorCode is ConstraintUnique or ConstraintPrimaryKey;

    /// <inheritdoc />
    public override bool IsForeignKeyViolation(Exception exception) =>
        Find<SqliteException>(exception)?.SqliteExtendedErrorCode is ConstraintForeignKey or ConstraintTrigger;

    /// <inheritdoc />
    public override bool IsTransient(Exception exception) =>
        Find<SqliteException>(exception)?.SqliteErrorCode is Busy or Locked or Protocol;

    /// <summary>The BEGIN of a transaction, which waits for another process's write, uses the connection's timeout and not the context's.</summary>
    public override void LimitStatements(GarmDbContext db, TimeSpan? longest)
    {
        base.LimitStatements(db, longest);
        if (db.Database.GetDbConnection() is LastingConnection connection) connection.LimitStatements(SecondsOf(longest));
    }

    /// <inheritdoc />
    public override WriteObstacle? WriteObstacleOf(Exception exception) => SqliteWrites.ObstacleOf(Find<SqliteException>(exception));

    /// <inheritdoc />
    public override long? FreeBytes() => SqliteWrites.FreeBytes(FileOf(connectionString));

    /// <inheritdoc />
    public override Task<long> ReusableBytesAsync(GarmDbContext db, CancellationToken cancellation) =>
        OnConnectionAsync(db, SqliteWrites.ReusableBytes, cancellation);

    /// <inheritdoc />
    public override ValueTask<IDisposable?> EnterMigrationAsync(GarmDbContext db, CancellationToken cancellation) =>
        SqliteMigrationLock.EnterAsync(connectionString, cancellation);

    /// <inheritdoc />
    public override Task<IReadOnlyList<string>> AppliedMigrationsAsync(GarmDbContext db, CancellationToken cancellation) =>
        OnConnectionAsync(db, SqliteSchema.AppliedMigrations, cancellation);

    /// <inheritdoc />
    public override Task<bool> TryCreateSchemaAsync(GarmDbContext db, CancellationToken cancellation) =>
        OnConnectionAsync(db, SqliteSchema.TryCreate, cancellation);

    /// <inheritdoc />
    public override bool TakesOneWriter => true;

    /// <inheritdoc />
    public override async ValueTask<IDisposable?> EnterWriteAsync(CancellationToken cancellation)
    {
        await _writer.WaitAsync(cancellation).ConfigureAwait(false);
        return new Turn(_writer);
    }

    /// <summary>Whether the database's file was complete when the engine was disposed.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>The file of this database.</summary>
    public string File => FileOf(connectionString);

    /// <summary>
    /// Closes the database at the end: moves the content of the write-ahead log into the file and removes the log, unless
    /// another process has the file open.
    /// </summary>
    public void Dispose()
    {
        _writer.Dispose();
        _connections.Dispose();
        IsWhole = SqliteCheckpoint.TryRun(connectionString);
    }

    private static async Task<T> OnConnectionAsync<T>(GarmDbContext db, Func<SqliteConnection, T> work, CancellationToken cancellation)
    {
        await db.Database.OpenConnectionAsync(cancellation).ConfigureAwait(false);
        try
        {
            return work((SqliteConnection)db.Database.GetDbConnection());
        }
        finally
        {
            await db.Database.CloseConnectionAsync().ConfigureAwait(false);
        }
    }

    private sealed class Turn(SemaphoreSlim writer) : IDisposable
    {
        public void Dispose() => writer.Release();
    }
}
