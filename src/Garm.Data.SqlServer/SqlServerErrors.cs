using System.Collections.Frozen;
using Microsoft.Data.SqlClient;

// EF Core's version is pinned here; an update that removes the detector does not compile.
#pragma warning disable EF1001
using EfDetector = Microsoft.EntityFrameworkCore.SqlServer.Storage.Internal.SqlServerTransientExceptionDetector;

namespace Garm.Data.SqlServer;

/// <summary>Classifies SQL Server's error numbers.</summary>
internal static class SqlServerErrors
{
    /// <summary>Cannot open database requested by the login: it does not exist, is not ready, or the login has no user in it.</summary>
    public const int CannotOpenDatabase = 4060;

    /// <summary>The login is unknown or its password is wrong. It also follows <see cref="CannotOpenDatabase"/>.</summary>
    public const int LoginFailed = 18456;

    /// <summary>A statement with parameters changed the count of open transactions.</summary>
    public const int TransactionCountDiffers = 266;

    /// <summary>A foreign key violation; the schema has no check constraints, which have the same number.</summary>
    private const int ConstraintConflict = 547;

    /// <summary>An error of this severity ends the connection.</summary>
    private const byte Fatal = 20;

    /// <summary>The severity of the error, without a number, that a client gets when it cancels a statement.</summary>
    private const byte Cancelled = 11;

    private static readonly FrozenSet<int> UniqueViolations = FrozenSet.Create(2601, 2627);

    // In addition to those that EF Core's own strategy retries: timeouts (-2, -1, 258), connections refused or lost, with the operating
    // system's numbers (2, 53, 10061), a fail-over of a server or an availability group (596, 976, 978, 983, 3906, 6005,
    // 17142), and a database that is not ready (923).
    private static readonly FrozenSet<int> Transient =
        FrozenSet.Create(-2, -1, 2, 53, 258, 596, 923, 976, 978, 983, 3906, 6005, 10061, 17142);

    // The database or a table already exists (1801, 2714), model is being copied for another database (1807), or a database's
    // setting cannot be changed because another node is connected (924, 5030, 5061, 5070).
    private static readonly FrozenSet<int> MigrationRaces = FrozenSet.Create(924, 1801, 1807, 2714, 5030, 5061, 5070);

    /// <summary>A unique index was violated.</summary>
    public static bool IsUniqueViolation(SqlException exception) => Numbers(exception).Any(UniqueViolations.Contains);

    /// <summary>A foreign key was violated.</summary>
    public static bool IsForeignKeyViolation(SqlException exception) => Numbers(exception).Contains(ConstraintConflict);

    /// <summary>A retry may succeed.</summary>
    public static bool IsTransient(SqlException exception) =>
        exception.Class >= Fatal || Numbers(exception).Any(Transient.Contains) || EfDetector.ShouldRetryOn(exception);

    /// <summary>Another node did the same thing at the same moment.</summary>
    public static bool IsMigrationRace(SqlException exception) => Numbers(exception).Any(MigrationRaces.Contains);

    /// <summary>The client cancelled the statement.</summary>
    public static bool IsCancellation(SqlException exception) => exception is { Number: 0, Class: Cancelled };

    /// <summary>Whether the exception contains this number: one answer of the server may have several errors.</summary>
    public static bool Has(this SqlException exception, int number) => Numbers(exception).Contains(number);

    /// <summary>Whether the exception has no other error number.</summary>
    public static bool HasOnly(this SqlException exception, int number) => Numbers(exception).All(x => x == number);

    public static IEnumerable<int> Numbers(SqlException exception) => exception.Errors.Cast<SqlError>().Select(x => x.Number);
}
