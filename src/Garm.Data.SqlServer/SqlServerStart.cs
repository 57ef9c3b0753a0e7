using Garm.Data.Engines;
using Microsoft.Data.SqlClient;

namespace Garm.Data.SqlServer;

/// <summary>The properties of a database that the hub depends on.</summary>
/// <param name="HasSnapshot">READ_COMMITTED_SNAPSHOT is on.</param>
/// <param name="CompatibilityLevel">The compatibility level; 130 is that of SQL Server 2016.</param>
/// <param name="IsEmpty">It has no table that the login can see.</param>
internal sealed record DatabaseTraits(bool HasSnapshot, int CompatibilityLevel, bool IsEmpty);

/// <summary>A database's row in <c>sys.databases</c>.</summary>
/// <param name="State">The state's number.</param>
/// <param name="StateName">The state's name.</param>
/// <param name="IsNew">Whether it was created in the last minute.</param>
internal sealed record FoundDatabase(int State, string StateName, bool IsNew);

/// <summary>The operations on the server at a start. Each opens a connection and closes it.</summary>
internal interface ISqlServerStart
{
    /// <summary>The database's name.</summary>
    string Database { get; }

    /// <summary>Opens the database and reads its properties.</summary>
    Task<DatabaseTraits> ReadTraitsAsync(CancellationToken cancellation);

    /// <summary>Reads the database's row; null when there is none, or the login may not see it.</summary>
    Task<FoundDatabase?> FindAsync(CancellationToken cancellation);

    /// <summary>Creates the database.</summary>
    Task CreateAsync(CancellationToken cancellation);

    /// <summary>Turns READ_COMMITTED_SNAPSHOT on, unless there are other connections.</summary>
    Task TurnSnapshotOnAsync(CancellationToken cancellation);
}

/// <summary>
/// Prepares the database at a start: opens it first, so that a wrong password is reported at once; creates it where it is
/// missing; and requires READ_COMMITTED_SNAPSHOT before anything else uses it. Transient errors are thrown, and the caller
/// repeats the call; another node may have done part of the work by then.
/// </summary>
internal sealed class SqlServerStart(ISqlServerStart server)
{
    /// <summary>The lowest level with OPENJSON.</summary>
    internal const int LowestCompatibility = 130;

    private const int Online = 0;

    /// <summary>Restoring, recovering, and being copied (Azure SQL): these states end by themselves.</summary>
    private static readonly int[] PassingStates = [1, 2, 7];

    /// <summary>Runs one attempt.</summary>
    /// <exception cref="DatabaseRefusedException">The database is not as the hub needs it.</exception>
    /// <exception cref="SqlException">A transient error, or one whose own message is clear, such as a wrong password.</exception>
    public async Task PrepareAsync(bool mayChange, CancellationToken cancellation)
    {
        if (await OpenAsync(mayChange, cancellation).ConfigureAwait(false) is not { } traits) return;
        if (traits.CompatibilityLevel < LowestCompatibility)
        {
            throw new DatabaseRefusedException(
                $"its compatibility level is {traits.CompatibilityLevel}, and the hub needs {LowestCompatibility} or more; run: "
                + $"ALTER DATABASE {SqlServerStatements.Quote(server.Database)} SET COMPATIBILITY_LEVEL = 150;");
        }

        if (traits.HasSnapshot) return;
        if (!mayChange || !traits.IsEmpty) throw WithoutSnapshot();
        await TurnSnapshotOnAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Null when the database does not exist and the hub must not create it.</summary>
    private async Task<DatabaseTraits?> OpenAsync(bool mayCreate, CancellationToken cancellation)
    {
        try
        {
            return await server.ReadTraitsAsync(cancellation).ConfigureAwait(false);
        }
        catch (SqlException e) when (e.Has(SqlServerErrors.CannotOpenDatabase))
        {
            // The server's error gives no reason, so the reason is read from master.
            if (await IsMissingAsync(e, cancellation).ConfigureAwait(false))
            {
                if (!mayCreate) return null;
                await CreateAsync().ConfigureAwait(false);
            }
        }

        // The time limit for reaching the database may be over by now, but the database was reached.
        return await server.ReadTraitsAsync(CancellationToken.None).ConfigureAwait(false);
    }

    /// <exception cref="DatabaseRefusedException">The database exists but cannot be opened.</exception>
    private async Task<bool> IsMissingAsync(SqlException refusal, CancellationToken cancellation)
    {
        FoundDatabase? found;
        try
        {
            found = await server.FindAsync(cancellation).ConfigureAwait(false);
        }
        catch (SqlException e) when (!SqlServerErrors.IsTransient(e) || e.Has(SqlServerErrors.CannotOpenDatabase))
        {
            throw new DatabaseRefusedException(
                $"{Named()} cannot be opened with this login, which cannot read master either: create the database, and a user in it "
                + $"for the login ({FirstLine(e)})");
        }

        if (found is null) return true;
        if (PassingStates.Contains(found.State) || (found.State == Online && found.IsNew))
            throw new DatabaseRefusedException($"{Named()} is not ready ({found.StateName})", refusal);
        throw found.State == Online
            ? new DatabaseRefusedException(
                $"{Named()} exists, and this login has no user in it; run in it: CREATE USER [<login>] FOR LOGIN [<login>]; "
                + "ALTER ROLE db_owner ADD MEMBER [<login>];")
            : new DatabaseRefusedException($"{Named()} is {found.StateName}");
    }

    // Not cancelled: Azure SQL takes a minute for it, and an incomplete database is useless.
    private async Task CreateAsync()
    {
        try
        {
            await server.CreateAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (SqlException e) when (!SqlServerErrors.IsTransient(e) && !SqlServerErrors.IsMigrationRace(e))
        {
            throw new DatabaseRefusedException(
                $"{Named()} does not exist, or this login may not see it, and the login cannot create it ({FirstLine(e)}); create it, run: "
                + $"{SqlServerStatements.TurnSnapshotOnByHand(server.Database)} and give the login a user in it");
        }
    }

    private async Task TurnSnapshotOnAsync(CancellationToken cancellation)
    {
        try
        {
            await server.TurnSnapshotOnAsync(cancellation).ConfigureAwait(false);
        }
        catch (SqlException e)
        {
            throw WithoutSnapshot(SqlServerErrors.IsTransient(e) || SqlServerErrors.IsMigrationRace(e) ? e : null);
        }
    }

    private DatabaseRefusedException WithoutSnapshot(SqlException? passing = null) => new(
        $"READ_COMMITTED_SNAPSHOT is off, without which readers and writers deadlock{(passing is null ? "" : $" ({FirstLine(passing)})")}; "
        + $"stop every node and run: {SqlServerStatements.TurnSnapshotOnByHand(server.Database)}", passing);

    private string Named() => $"database {SqlServerStatements.Quote(server.Database)}";

    private static string FirstLine(SqlException exception) => exception.Message.ReplaceLineEndings(" ");
}
