using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Sqlite;

/// <summary>
/// SQLite, for one machine. It takes one writer at a time; commits are durable (<c>synchronous=FULL</c>) and readers do not
/// wait (write-ahead log).
/// </summary>
public sealed class SqliteEngine(string connectionString, int? maxBatchSize = null) : DatabaseEngine, IDisposable
{
    /// <summary>The name in the settings.</summary>
    public const string ProviderName = "Sqlite";

    private const int Busy = 5;
    private const int Locked = 6;
    private const int ConstraintPrimaryKey = 1555;
    private const int ConstraintUnique = 2067;

    private readonly SemaphoreSlim _writer = new(1, 1);

    /// <inheritdoc />
    public override string Name => ProviderName;

    /// <inheritdoc />
    public override string TakePositionsSql =>
        "UPDATE change_log_head SET next_position = next_position + @count WHERE id = 1 RETURNING epoch, next_position";

    /// <inheritdoc />
    public override string NowMillisecondsSql => "CAST(ROUND((julianday('now') - 2440587.5) * 86400000) AS INTEGER)";

    /// <inheritdoc />
    public override void Configure(DbContextOptionsBuilder builder) => builder
        .UseSqlite(connectionString, sqlite =>
        {
            sqlite.MigrationsAssembly(typeof(SqliteEngine).Assembly.GetName().Name);
            if (maxBatchSize is { } size) sqlite.MaxBatchSize(size);
        })
        .AddInterceptors(SqlitePragmas.Instance);

    /// <inheritdoc />
    public override bool IsUniqueViolation(Exception exception) =>
        Find(exception)?.SqliteExtendedErrorCode is ConstraintUnique or ConstraintPrimaryKey;

    /// <inheritdoc />
    public override bool IsTransient(Exception exception) => Find(exception)?.SqliteErrorCode is Busy or Locked;

    /// <inheritdoc />
    public override async ValueTask<IDisposable?> EnterWriteAsync(CancellationToken cancellation)
    {
        await _writer.WaitAsync(cancellation).ConfigureAwait(false);
        return new Turn(_writer);
    }

    /// <inheritdoc />
    public void Dispose() => _writer.Dispose();

    private static SqliteException? Find(Exception? exception) =>
        exception as SqliteException ?? (exception?.InnerException is { } inner ? Find(inner) : null);

    private sealed class Turn(SemaphoreSlim writer) : IDisposable
    {
        public void Dispose() => writer.Release();
    }
}
