using Microsoft.Data.Sqlite;

namespace Garm.Data.Sqlite;

/// <summary>A connection's cache of compiled statements that are not in use; the one unused for longest is evicted first.</summary>
internal sealed class KeptStatements(SqliteConnection connection)
{
    /// <summary>The maximum number of statements.</summary>
    internal const int Capacity = 64;

    private readonly OrderedDictionary<string, KeptCommand> _idle = new(StringComparer.Ordinal);

    /// <summary>The statement with this text, or a new one; the caller returns it.</summary>
    public KeptCommand Take(string text) => _idle.Remove(text, out var kept) ? kept : new KeptCommand(connection, text);

    /// <summary>Caches it for the next use, unless one with its text is cached already or its values are too large.</summary>
    public void Return(KeptCommand command)
    {
        command.Return();
        if (command.HoldsMuch || !_idle.TryAdd(command.CommandText, command))
        {
            command.Dispose();
            return;
        }

        if (_idle.Count <= Capacity) return;
        _idle.GetAt(0).Value.Dispose();
        _idle.RemoveAt(0);
    }

    /// <summary>Disposes all statements.</summary>
    public void Clear()
    {
        foreach (var command in _idle.Values) command.Dispose();
        _idle.Clear();
    }
}
