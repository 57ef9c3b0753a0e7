using Garm.Data.SqlServer;
using Microsoft.Data.SqlClient;
using Xunit;

namespace Garm.Data.Tests.SqlServer;

/// <summary>The classification of the server's error numbers.</summary>
public sealed class SqlServerErrorSpecs
{
    private readonly SqlServerEngine _engine = new("Server=localhost;Database=garm");

    [Theory]
    [InlineData(601)]
    [InlineData(615)]
    [InlineData(669)]
    [InlineData(952)]
    [InlineData(982)]
    [InlineData(988)]
    [InlineData(997)]
    [InlineData(1203)]
    [InlineData(1221)]
    [InlineData(1807)]
    [InlineData(3935)]
    [InlineData(49977)]
    [InlineData(49983)]
    [InlineData(976)] // An availability group's secondary.
    [InlineData(978)]
    [InlineData(983)]
    [InlineData(1205)] // Deadlock victim.
    [InlineData(3906)] // Read-only since a failover.
    [InlineData(4060)]
    [InlineData(10054)]
    [InlineData(10061)]
    [InlineData(40613)]
    [InlineData(-2)]
    public void AFaultThatPasses_IsTriedAgain(int number) => Assert.True(_engine.IsTransient(SqlExceptions.Of(number)));

    [Theory]
    [InlineData(18456)] // Wrong password.
    [InlineData(208)] // No such table.
    [InlineData(229)] // No right.
    [InlineData(262)] // No right to make a database.
    [InlineData(334)] // A trigger.
    [InlineData(547)]
    [InlineData(2601)]
    [InlineData(2627)]
    [InlineData(8152)]
    public void AFaultThatStays_IsFinal(int number) => Assert.False(_engine.IsTransient(SqlExceptions.Of(number)));

    [Fact]
    public void AnErrorThatEndsTheConnection_IsTriedAgain() => Assert.True(_engine.IsTransient(SqlExceptions.Of(severity: 20, 50_000)));

    [Fact]
    public void EveryErrorOfAnAnswer_Counts() => Assert.True(_engine.IsTransient(new InvalidOperationException("", SqlExceptions.Of(3621, 1205))));

    [Theory]
    [InlineData(1801)] // The database exists.
    [InlineData(1807)]
    [InlineData(2714)] // The table exists.
    [InlineData(5061)] // The database could not be locked.
    [InlineData(5070)] // Others use it.
    public void WhatAnotherNodeDoesAtTheSameMoment_IsARace(int number) => Assert.True(_engine.IsMigrationRace(SqlExceptions.Of(number)));

    [Theory]
    [InlineData(18456)]
    [InlineData(262)]
    [InlineData(5011)] // No right to alter it; 5069 comes with it.
    [InlineData(5069)]
    public void WhatNobodyElseCaused_IsNone(int number) => Assert.False(_engine.IsMigrationRace(SqlExceptions.Of(number)));

    [Fact]
    public void TheConstraints_AreToldApart()
    {
        Assert.True(_engine.IsUniqueViolation(SqlExceptions.Of(2601, 3621)));
        Assert.True(_engine.IsUniqueViolation(SqlExceptions.Of(2627)));
        Assert.True(_engine.IsForeignKeyViolation(SqlExceptions.Of(547)));
        Assert.False(_engine.IsForeignKeyViolation(SqlExceptions.Of(2627)));
    }

    [Fact]
    public void AStatementThatTheClientGaveUp_IsCancelled()
    {
        Assert.True(_engine.IsCancellation(SqlExceptions.Of(severity: 11, 0)));
        Assert.True(_engine.IsCancellation(new OperationCanceledException()));
        Assert.False(_engine.IsCancellation(SqlExceptions.Of(severity: 11, -2)));
    }

    [Fact]
    public void TheConnectionString_KeepsWhatTheOperatorSet()
    {
        var own = new SqlConnectionStringBuilder(SqlServerConnection.Complete("Server=s;Database=d"));
        var set = new SqlConnectionStringBuilder(SqlServerConnection.Complete("Server=s;Database=d;ConnectRetryCount=3;Pool Blocking Period=AlwaysBlock;App=other"));

        Assert.Equal((0, PoolBlockingPeriod.NeverBlock, "garm"), (own.ConnectRetryCount, own.PoolBlockingPeriod, own.ApplicationName));
        Assert.Equal((3, PoolBlockingPeriod.AlwaysBlock, "other"), (set.ConnectRetryCount, set.PoolBlockingPeriod, set.ApplicationName));
    }
}
