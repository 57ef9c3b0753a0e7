using Garm.Data.Engines;
using Npgsql;

namespace Garm.Data.PostgreSql;

/// <summary>Recognises errors that mean that writes cannot work.</summary>
internal static class PostgreSqlWrites
{
    public static WriteObstacle? ObstacleOf(PostgresException? exception) => exception?.SqlState switch
    {
        PostgresErrorCodes.DiskFull => WriteObstacle.OutOfSpace,
        PostgresErrorCodes.ReadOnlySqlTransaction => WriteObstacle.ReadOnly,
        PostgresErrorCodes.IoError or PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted => WriteObstacle.Damaged,
        _ => null,
    };
}
