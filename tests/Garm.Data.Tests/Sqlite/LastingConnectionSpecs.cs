using System.Data;
using Garm.Data.Sqlite;
using Garm.Data.Tests.Engines;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using Xunit;

namespace Garm.Data.Tests.Sqlite;

/// <summary>A connection that stays open when it is closed, and keeps compiled statements.</summary>
public sealed class LastingConnectionSpecs : IAsyncLifetime
{
    private EngineDatabase? _database;
    private SqliteFileGuard? _guard;
    private LastingConnection? _connection;

    private LastingConnection Connection => _connection!;

    public async Task InitializeAsync()
    {
        _database = await TestEngine.Sqlite.CreateAsync(schema: false);
        _guard = new SqliteFileGuard(_database.ConnectionString);
        _connection = new LastingConnection(_database.ConnectionString, SqliteSynchronous.Off, _guard);
        _connection.Open();
        _connection.Handle!.enable_sqlite3_next_stmt(true);
        Execute("CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT)");
        Execute("INSERT INTO things (name) VALUES ('a'), ('b'), ('c')");
    }

    public async Task DisposeAsync()
    {
        await _connection!.DisposeAsync();
        _guard!.Dispose();
        await _database!.DropAsync();
    }

    [Fact]
    public void AStatement_IsCompiledOnce()
    {
        const string Sql = "SELECT name FROM things WHERE id = @id";
        Assert.Equal("a", Scalar(Sql, ("@id", 1)));
        var compiled = Compiled(Sql);

        Connection.Close();
        Connection.Open();
        Assert.Equal("b", Scalar(Sql, ("@id", 2)));
        Assert.Null(Scalar(Sql, ("@id", 9)));

        Assert.Equal(compiled, Compiled(Sql));
        Assert.Single(compiled);
    }

    [Fact]
    public void AStatement_MayBeUsedWithinItsOwnUse()
    {
        const string Sql = "SELECT name FROM things ORDER BY id";
        using var outer = Command(Sql);
        using var rows = outer.ExecuteReader();
        Assert.True(rows.Read());
        Assert.Equal("a", Scalar(Sql));
        Assert.True(rows.Read());
        Assert.Equal("b", rows.GetString(0));
        rows.Dispose();
        outer.Dispose();

        Assert.Single(Compiled(Sql));
    }

    // A read that is not reset keeps its snapshot, and the write-ahead log grows.
    [Fact]
    public void AReadThatIsGivenUpMidway_HoldsNothing()
    {
        using (var command = Command("SELECT name FROM things"))
        using (var rows = command.ExecuteReader())
            Assert.True(rows.Read());

        using var other = new SqliteConnection(_database!.ConnectionString);
        other.Open();
        using var write = other.CreateCommand();
        write.CommandText = "INSERT INTO things (name) VALUES ('d'); PRAGMA busy_timeout = 0; PRAGMA wal_checkpoint(TRUNCATE);";
        using var result = write.ExecuteReader();
        while (result.FieldCount < 3) Assert.True(result.NextResult());
        Assert.True(result.Read());
        Assert.Equal(0, result.GetInt32(0));
    }

    [Fact]
    public void AFailure_LeavesTheStatementUsable()
    {
        const string Sql = "INSERT INTO things (id, name) VALUES (@id, 'e')";
        Assert.Throws<SqliteException>(() => Scalar(Sql, ("@id", 1)));
        Scalar(Sql, ("@id", 10));

        Assert.Equal("e", Scalar("SELECT name FROM things WHERE id = 10"));
    }

    [Fact]
    public void AChangedSchema_IsSeen()
    {
        const string Sql = "SELECT * FROM things WHERE id = 1";
        Scalar(Sql);
        Execute("ALTER TABLE things ADD COLUMN size INTEGER DEFAULT 7");

        using var command = Command(Sql);
        using var rows = command.ExecuteReader();
        Assert.True(rows.Read());
        Assert.Equal(7, rows.GetInt32(2));
    }

    [Fact]
    public void ALargeValue_IsNotKept()
    {
        const string Sql = "SELECT length(@value)";
        Assert.Equal(3L, Scalar(Sql, ("@value", "abc")));
        Assert.Single(Compiled(Sql));
        Assert.Equal(100_000L, Scalar(Sql, ("@value", new string('x', 100_000))));
        Assert.Empty(Compiled(Sql));
        Assert.Equal(3L, Scalar(Sql, ("@value", "abc")));
        Assert.Single(Compiled(Sql));
    }

    [Fact]
    public void WhatWasUsedLongestAgo_IsGivenUpFirst()
    {
        Scalar("SELECT 'first'");
        Scalar("SELECT 'second'");
        Scalar("SELECT 'first'");
        for (var i = 0; i < KeptStatements.Capacity - 1; i++) Scalar($"SELECT {i}");

        Assert.Single(Compiled("SELECT 'first'"));
        Assert.Empty(Compiled("SELECT 'second'"));
    }

    [Fact]
    public void ACloseWithinATransaction_TakesItBack()
    {
        var transaction = Connection.BeginTransaction();
        Execute("DELETE FROM things");
        Connection.Close();
        Connection.Open();

        Assert.Null(transaction.Connection);
        Assert.Equal(3L, Scalar("SELECT count(*) FROM things"));
    }

    [Fact]
    public void AFileThatWasMoved_IsNeitherReadNorWritten_OnAConnectionThatIsOpen()
    {
        Scalar("SELECT count(*) FROM things");
        File.Move(Connection.DataSource, $"{Connection.DataSource}.old");

        Assert.Contains("was moved", Assert.Throws<SqliteException>(() => Scalar("SELECT count(*) FROM things")).Message, StringComparison.Ordinal);
        Assert.Contains("was moved", Assert.Throws<SqliteException>(() => Connection.BeginTransaction()).Message, StringComparison.Ordinal);
    }

    // The next use would take an open statement for ready.
    [Fact]
    public async Task AnOpeningThatFailsMidway_LeavesItClosed()
    {
        var nowhere = $"Data Source={Path.Combine(Path.GetDirectoryName(Connection.DataSource)!, "no-folder", "garm.db")}";
        using var guard = new SqliteFileGuard(nowhere);
        await using var connection = new LastingConnection(_database!.ConnectionString, SqliteSynchronous.Off, guard);

        Assert.Throws<SqliteException>(connection.Open);

        Assert.Equal(ConnectionState.Closed, connection.State);
    }

    private void Execute(string sql)
    {
        using var command = Command(sql);
        command.ExecuteNonQuery();
    }

    private object? Scalar(string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = Command(sql);
        foreach (var (name, value) in parameters) command.Parameters.AddWithValue(name, value);
        return command.ExecuteScalar();
    }

    private SqliteCommand Command(string sql)
    {
        var command = Connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }

    // The engine's own list of the connection's compiled statements.
    private List<nint> Compiled(string sql)
    {
        List<nint> found = [];
        for (var x = raw.sqlite3_next_stmt(Connection.Handle, null); x is { IsInvalid: false }; x = raw.sqlite3_next_stmt(Connection.Handle, x))
        {
            if (raw.sqlite3_sql(x).utf8_to_string() == sql) found.Add(x.DangerousGetHandle());
        }

        return found;
    }
}
