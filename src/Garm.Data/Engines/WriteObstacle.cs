namespace Garm.Data.Engines;

/// <summary>Why a database accepts no writes.</summary>
public enum WriteObstacle
{
    /// <summary>Its disk, its log or its file is full.</summary>
    OutOfSpace,

    /// <summary>It is read-only: a standby, a setting, a file's mode.</summary>
    ReadOnly,

    /// <summary>Its file is damaged, or the disk fails.</summary>
    Damaged,
}

/// <summary>The messages for obstacles.</summary>
public static class WriteObstacles
{
    /// <summary>A sentence without a full stop, for clients and operators; it names no server and no file.</summary>
    public static string Words(this WriteObstacle obstacle) => obstacle switch
    {
        WriteObstacle.OutOfSpace => "the database has no room left: its disk or its size limit is full",
        WriteObstacle.ReadOnly => "the database is read-only",
        _ => "the database is damaged, or its disk fails",
    };
}
