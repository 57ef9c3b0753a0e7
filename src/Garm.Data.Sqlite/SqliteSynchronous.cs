namespace Garm.Data.Sqlite;

/// <summary>When a commit counts as stored: SQLite's <c>PRAGMA synchronous</c>, of the write-ahead log.</summary>
public enum SqliteSynchronous
{
    /// <summary>Never waits for the disk. A power failure may damage the file.</summary>
    Off,

    /// <summary>Waits at checkpoints only. A power failure may take back acknowledged commits; the end of a process does not.</summary>
    Normal,

    /// <summary>Each commit waits for the disk.</summary>
    Full,

    /// <summary>As <see cref="Full"/>, and the folder too.</summary>
    Extra,
}
