using System.Data.Common;
using Garm.Data.Engines;
using Garm.Data.PostgreSql.CompiledModel;
using Garm.Data.Writes;
using Garm.Log;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using NpgsqlTypes;

namespace Garm.Data.PostgreSql;

/// <summary>PostgreSQL, from version 13.</summary>
public sealed class PostgreSqlEngine(string connectionString, int? maxBatchSize = null) : DatabaseEngine
{
    /// <summary>The name in the settings.</summary>
    public const string ProviderName = "PostgreSql";

    /// <summary>The limit for shared updates, if the settings have no lower one: their rows are locked until all of them are committed.</summary>
    private const int MostSharedUpdates = 32;

    /// <summary>The server has closed a pooled connection; Npgsql has no name for this error.</summary>
    private const string IdleSessionTimeout = "57P05";

    /// <summary>The same, within a transaction.</summary>
    private const string IdleInTransactionTimeout = "25P03";

    private readonly string _connectionString = PostgreSqlConnection.Complete(connectionString);

    /// <inheritdoc />
    public override string Name => ProviderName;

    /// <summary>By code points: equality and order do not depend on the locale of the database.</summary>
    public override string TextCollation => "C";

    /// <inheritdoc />
    public override bool AppendCommits => true;

    /// <inheritdoc />
    public override string NowMillisecondsSql => "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS bigint)";

    /// <inheritdoc />
    public override IModel CompiledModel => GarmDbContextModel.Instance;

    /// <inheritdoc />
    public override void Configure(DbContextOptionsBuilder builder) => builder.UseNpgsql(_connectionString, npgsql =>
    {
        npgsql.MigrationsAssembly(typeof(PostgreSqlEngine).Assembly.GetName().Name);
        if (maxBatchSize is { } size) npgsql.MaxBatchSize(size);
    });

    /// <inheritdoc />
    public override Task<TakenPositions> AppendAsync(DbTransaction transaction, LogAppend append, CancellationToken cancellation) =>
        AppendAsync(
            transaction, append.Rows is [var only] ? AppendOne(append, only) : AppendAll(append), append.CommandTimeout, cancellation);

    /// <inheritdoc />
    public override int MaxSharedUpdates => Math.Min(MostSharedUpdates, maxBatchSize ?? MostSharedUpdates);

    /// <inheritdoc />
    public override async Task<IReadOnlyList<UpdatedRow>> UpdateAsync(
        DbTransaction transaction, IReadOnlyList<RowUpdate> updates, int? commandTimeout, CancellationToken cancellation)
    {
        var batch = Batch(transaction, commandTimeout);
        await using var disposal = batch.ConfigureAwait(false);
        foreach (var update in updates) batch.BatchCommands.Add(PostgreSqlRowUpdate.Command(update));

        var outcomes = new UpdatedRow[updates.Count];
        var reader = await batch.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        await using var readerDisposal = reader.ConfigureAwait(false);
        for (var i = 0; i < outcomes.Length; i++)
        {
            if (await reader.ReadAsync(cancellation).ConfigureAwait(false))
                outcomes[i] = new UpdatedRow(true, reader.IsDBNull(0) ? null : reader.GetString(0));
            await reader.NextResultAsync(cancellation).ConfigureAwait(false);
        }

        return outcomes;
    }

    /// <inheritdoc />
    public override Task<TakenPositions> AppendUpdatesAsync(
        DbTransaction transaction, IReadOnlyList<LogAppend> appends, CancellationToken cancellation) =>
        appends is [var only]
            ? AppendAsync(transaction, only, cancellation)
            : AppendAsync(transaction, AppendUpdates(appends), appends[0].CommandTimeout, cancellation);

    private static async Task<TakenPositions> AppendAsync(
        DbTransaction transaction, NpgsqlBatchCommand append, int? commandTimeout, CancellationToken cancellation)
    {
        var batch = Batch(transaction, commandTimeout);
        await using var disposal = batch.ConfigureAwait(false);
        batch.BatchCommands.Add(append);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(PostgreSqlStatements.Commit));

        // Not cancelled: without the answer it would be unknown whether the commit happened.
        cancellation.ThrowIfCancellationRequested();
        var reader = await batch.ExecuteReaderAsync(CancellationToken.None).ConfigureAwait(false);
        await using var readerDisposal = reader.ConfigureAwait(false);
        if (!await reader.ReadAsync(CancellationToken.None).ConfigureAwait(false)) throw NoHead();
        var taken = new TakenPositions(reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2));

        // Reads the answer of the commit too, which throws its failure.
        while (await reader.NextResultAsync(CancellationToken.None).ConfigureAwait(false))
        {
        }

        return taken;
    }

    /// <inheritdoc />
    public override async Task ApplyStatesAsync(
        DbTransaction transaction, IReadOnlyList<StateChange> changes, CancellationToken cancellation)
    {
        var command = new NpgsqlCommand(
            PostgreSqlStatements.ApplyStates, (NpgsqlConnection)transaction.Connection!, (NpgsqlTransaction)transaction)
        {
            Parameters =
            {
                Texts(changes, x => x.EntityType),
                Texts(changes, x => x.Key),
                Texts(changes, x => x.Source),
                Texts(changes, x => x.EntityId),
                new NpgsqlParameter<long[]> { TypedValue = [.. changes.Select(x => x.Position)] },
                new NpgsqlParameter<long[]> { TypedValue = [.. changes.Select(x => x.CreatedPosition)] },
                Texts(changes, x => x.Payload),
            },
        };
        await using var disposal = command.ConfigureAwait(false);
        await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public override bool IsUniqueViolation(Exception exception) =>
        Find<PostgresException>(exception)?.SqlState == PostgresErrorCodes.UniqueViolation;

    /// <inheritdoc />
    public override bool IsForeignKeyViolation(Exception exception) =>
        Find<PostgresException>(exception)?.SqlState is PostgresErrorCodes.ForeignKeyViolation or PostgresErrorCodes.RestrictViolation;

    /// <inheritdoc />
    public override bool IsTransient(Exception exception) => Find<PostgresException>(exception) is { } refusal
        ? refusal.IsTransient || refusal.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown
            or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected
            or IdleInTransactionTimeout or IdleSessionTimeout or PostgresErrorCodes.ReadOnlySqlTransaction
        : Find<NpgsqlException>(exception) is not null;

    // EF Core locks the history for each migration, but determines the missing migrations before the first lock: one of two
    // nodes may apply a migration that the other has just applied. It fails as a whole, and the next attempt finds it applied.
    /// <inheritdoc />
    public override WriteObstacle? WriteObstacleOf(Exception exception) => PostgreSqlWrites.ObstacleOf(Find<PostgresException>(exception));

    /// <inheritdoc />
    public override bool IsMigrationRace(Exception exception) => Find<PostgresException>(exception)?.SqlState
        is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.DuplicateTable or PostgresErrorCodes.UniqueViolation
        or PostgresErrorCodes.ObjectInUse or PostgresErrorCodes.DuplicateColumn or PostgresErrorCodes.DuplicateObject
        or PostgresErrorCodes.UndefinedColumn or PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedObject;

    private static NpgsqlBatchCommand AppendOne(LogAppend append, LogRow row)
    {
        var command = new NpgsqlBatchCommand(row.IsDeletion ? PostgreSqlStatements.AppendOneDeletion : PostgreSqlStatements.AppendOne)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = append.CommitId },
                new NpgsqlParameter<DateTime> { TypedValue = append.CommittedAt },
                new NpgsqlParameter<long> { TypedValue = append.Link },
                Text(row.EntityType),
                Text(row.Operation),
                Text(row.EntityId),
                Text(row.Payload),
                Text(row.LastState),
                Text(row.Before),
                Text(row.Source),
                Text(row.StateKey),
            },
        };
        if (!row.IsDeletion) command.Parameters.Add(Text(row.State));
        return command;
    }

    private static NpgsqlBatchCommand AppendAll(LogAppend append)
    {
        var rows = append.Rows;
        var command = new NpgsqlBatchCommand(PostgreSqlStatements.Append)
        {
            Parameters =
            {
                new NpgsqlParameter<int> { TypedValue = rows.Count },
                new NpgsqlParameter<Guid> { TypedValue = append.CommitId },
                new NpgsqlParameter<DateTime> { TypedValue = append.CommittedAt },
                new NpgsqlParameter<long> { TypedValue = append.Link },
                Texts(rows, x => x.EntityType),
                Texts(rows, x => x.Operation),
            },
        };
        AddColumns(command, rows);
        return command;
    }

    private static NpgsqlBatchCommand AppendUpdates(IReadOnlyList<LogAppend> appends)
    {
        var forward = LogChainStep.None;
        var back = LogChainStep.None;
        var steps = new LogChainStep[appends.Count];
        foreach (var append in appends) forward = forward.After(append.CommitId);
        for (var i = appends.Count - 1; i >= 0; i--)
        {
            steps[i] = back;
            back = back.Before(appends[i].CommitId);
        }

        var rows = appends.Select(x => x.Rows.Single()).ToList();
        var command = new NpgsqlBatchCommand(PostgreSqlStatements.AppendUpdates)
        {
            Parameters =
            {
                new NpgsqlParameter<int> { TypedValue = appends.Count },
                new NpgsqlParameter<DateTime> { TypedValue = appends[0].CommittedAt },
                new NpgsqlParameter<long> { TypedValue = forward.Factor },
                new NpgsqlParameter<long> { TypedValue = forward.Addend },
                new NpgsqlParameter<Guid[]> { TypedValue = [.. appends.Select(x => x.CommitId)] },
                new NpgsqlParameter<long[]> { TypedValue = [.. steps.Select(x => x.Factor)] },
                new NpgsqlParameter<long[]> { TypedValue = [.. steps.Select(x => x.Addend)] },
                Texts(rows, x => x.EntityType),
            },
        };
        AddColumns(command, rows);
        return command;
    }

    // The columns that end the parameters of both statements, in their order.
    private static void AddColumns(NpgsqlBatchCommand command, IReadOnlyList<LogRow> rows)
    {
        command.Parameters.Add(Texts(rows, x => x.EntityId));
        command.Parameters.Add(Texts(rows, x => x.Payload));
        command.Parameters.Add(Texts(rows, x => x.LastState));
        command.Parameters.Add(Texts(rows, x => x.Before));
        command.Parameters.Add(Texts(rows, x => x.Source));
        command.Parameters.Add(Texts(rows, x => x.StateKey));
        command.Parameters.Add(Texts(rows, x => x.State));
    }

    private static NpgsqlBatch Batch(DbTransaction transaction, int? commandTimeout)
    {
        var batch = new NpgsqlBatch((NpgsqlConnection)transaction.Connection!, (NpgsqlTransaction)transaction);
        if (commandTimeout is { } seconds) batch.Timeout = seconds;
        return batch;
    }

    private static NpgsqlParameter Text(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    private static NpgsqlParameter<string?[]> Texts<T>(IReadOnlyList<T> rows, Func<T, string?> column) =>
        new() { TypedValue = [.. rows.Select(column)] };
}
