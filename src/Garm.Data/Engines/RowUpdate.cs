using Microsoft.EntityFrameworkCore.Storage;

namespace Garm.Data.Engines;

/// <summary>The update of one row of a watched table, if the row still has the version that was read.</summary>
/// <param name="Table">The table.</param>
/// <param name="Changed">The changed columns and their new values; never empty.</param>
/// <param name="Key">The primary key's column.</param>
/// <param name="Version">The column of the version, with the version that was read.</param>
/// <param name="EntityType">The wire name.</param>
/// <param name="StateKey">The key of the entity in <c>entity_states</c>.</param>
public sealed record RowUpdate(
    string Table, IReadOnlyList<ColumnValue> Changed, ColumnValue Key, ColumnValue Version, string EntityType, string StateKey)
{
    /// <summary>The version that was read.</summary>
    public long ReadVersion => (long)Version.Value!;
}

/// <summary>A value for a column.</summary>
/// <param name="Column">The column.</param>
/// <param name="Mapping">Makes a parameter of the value.</param>
/// <param name="Value">The entity's value, before the mapping's conversion.</param>
public readonly record struct ColumnValue(string Column, RelationalTypeMapping Mapping, object? Value);

/// <summary>The outcome of a <see cref="RowUpdate"/>.</summary>
/// <param name="IsUpdated">False when the row is gone, has another version, or is locked by another transaction.</param>
/// <param name="FormerState">The payload in <c>entity_states</c> before; null when there is none, or nothing was updated.</param>
public readonly record struct UpdatedRow(bool IsUpdated, string? FormerState);
