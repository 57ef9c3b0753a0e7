using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Garm.Data.Engines;

/// <summary>
/// A hand-written statement, for which EF Core has no form. It bypasses the change tracker, so it is only for the
/// hub's own tables (leases, the log's retention and epoch, keys, current states), never for a watched table; except for sealed secrets
/// that are encrypted again, which no payload shows.
/// </summary>
internal readonly struct Statement(
    DatabaseEngine engine, DbTransaction transaction, string sql, (string Name, object Value)[] parameters)
{
    /// <summary>The command timeout in seconds; null for that of the connection string.</summary>
    public int? CommandTimeout { get; init; }

    /// <summary>Runs it; returns the number of affected rows.</summary>
    public async Task<int> ExecuteAsync(CancellationToken cancellation)
    {
        var command = Command(engine.Counted(sql));
        await using var disposal = command.ConfigureAwait(false);
        return await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>The first value of the first row as a whole number; null when there is none.</summary>
    public async Task<long?> ReadNumberAsync(CancellationToken cancellation)
    {
        var command = Command(sql);
        await using var disposal = command.ConfigureAwait(false);
        return await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false) is { } value and not DBNull
            ? Convert.ToInt64(value, CultureInfo.InvariantCulture)
            : null;
    }

    /// <summary>The first value of the first row as text; null when there is none.</summary>
    public async Task<string?> ReadTextAsync(CancellationToken cancellation)
    {
        var command = Command(sql);
        await using var disposal = command.ConfigureAwait(false);
        return await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false) as string;
    }

    private DbCommand Command(string text)
    {
        var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = text;
        if (CommandTimeout is { } seconds) command.CommandTimeout = seconds;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }

        return command;
    }
}

/// <summary>Makes statements.</summary>
internal static class Statements
{
    /// <summary>A statement with its parameters, in a transaction of this engine.</summary>
    public static Statement Statement(
        this DatabaseEngine engine, DbTransaction transaction, string sql, params (string Name, object Value)[] parameters) =>
        new(engine, transaction, sql, parameters);

    /// <summary>A statement in the context's transaction, with the context's timeout.</summary>
    public static Statement Statement(
        this DatabaseEngine engine, GarmDbContext db, string sql, params (string Name, object Value)[] parameters) =>
        new(engine, db.Database.CurrentTransaction!.GetDbTransaction(), sql, parameters) { CommandTimeout = db.Database.GetCommandTimeout() };
}
