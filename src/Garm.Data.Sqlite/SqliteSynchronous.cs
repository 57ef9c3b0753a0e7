namespace Garm.Data.Sqlite;

/// <summary>The durability of a commit: SQLite's <c>PRAGMA synchronous</c>, for the write-ahead log.</summary>
public enum SqliteSynchronous
{
    /// <summary>Never waits for the disk. A power failure may damage the file.</summary>
    Off,

    /// <summary>Waits at checkpoints only. A power failure may undo acknowledged commits; the end of a process does not.</summary>
    Normal,

    /// <summary>Each commit waits for the disk.</summary>
    Full,

    /// <summary>Like <see cref="Full"/>, and syncs the folder too.</summary>
    Extra,
}
