using Garm.Data.Engines;
using Npgsql;

namespace Garm.Data.PostgreSql;

/// <summary>The statement of a <see cref="RowUpdate"/>.</summary>
internal static class PostgreSqlRowUpdate
{
    // Only makes parameters.
    private static readonly NpgsqlCommand Parameters = new();

    /// <summary>
    /// Updates the row unless it is gone, has another version, or is locked. Returns the entity's former state, in one row if the row was
    /// updated. The state belongs to the version that was read: both are as of the statement's snapshot.
    /// </summary>
    public static NpgsqlBatchCommand Command(RowUpdate update)
    {
        var command = new NpgsqlBatchCommand();
        var (table, key) = (Quoted(update.Table), Quoted(update.Key.Column));
        command.CommandText =
            $"""
            UPDATE {table} SET {string.Join(", ", update.Changed.Select(x => $"{Quoted(x.Column)} = {Add(command, x)}"))}
            WHERE {key} = (
              SELECT {key} FROM {table} WHERE {key} = {Add(command, update.Key)} AND {Quoted(update.Version.Column)} = {Add(command, update.Version)}
              FOR NO KEY UPDATE SKIP LOCKED)
            RETURNING (
              SELECT payload FROM entity_states
              WHERE entity_type = {Add(command, Text(update.EntityType))} AND key = {Add(command, Text(update.StateKey))})
            """;
        return command;
    }

    private static string Add(NpgsqlBatchCommand command, ColumnValue value) =>
        Add(command, (NpgsqlParameter)value.Mapping.CreateParameter(Parameters, "", value.Value, nullable: null));

    private static string Add(NpgsqlBatchCommand command, NpgsqlParameter parameter)
    {
        command.Parameters.Add(parameter);
        return $"${command.Parameters.Count}";
    }

    private static NpgsqlParameter Text(string value) => new NpgsqlParameter<string> { TypedValue = value };

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
