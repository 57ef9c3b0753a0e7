using System.Reflection;
using Garm.Data.ChangeLog;
using Garm.Data.Engines;
using Garm.Data.Leases;
using Garm.Data.Model;
using Garm.Data.Nodes;
using Garm.Data.Schema;
using Garm.Data.Secrets;
using Garm.Data.Sources;
using Garm.Data.SqlServer;
using Garm.Data.Users;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using Xunit;

namespace Garm.Data.Tests.Schema;

/// <summary>SQL Server's own parser parses the statements, even where no server is available.</summary>
public sealed class SqlServerScriptSpecs
{
    private const string AnyServer = "Server=localhost;Database=garm";

    public static TheoryData<string> Statements =>
        [.. typeof(SqlServerStatements).GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic).Select(x => x.Name)];

    [Theory]
    [MemberData(nameof(Statements))]
    public void EveryStatementWrittenByHand_Parses(string name)
    {
        var statement = (string)typeof(SqlServerStatements).GetField(name, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!.GetValue(null)!;

        Assert.Empty(ErrorsOf(statement));
    }

    [Fact]
    public void TheStatementsThatAllEnginesShare_Parse()
    {
        var engine = new SqlServerEngine(AnyServer);
        IReadOnlyList<string> statements =
        [
            .. new NodeRegistry(null!, engine).Statements, .. new LeaseStatements(engine.NowMillisecondsSql).All,
            SecretKeys.InsertSql, SecretKeys.LeaveSql, SecretKeys.RetireSql, SecretKeys.GiveUpSql, ChangeLogPruner.DeleteSql, ChangeLogEpochs.EndSql, ChangeLogHead.LockSql, UserAccessReader.ReadSql,
            SourceRegistry.ReportSql, SourceRegistry.RemoveSql, SourceRegistry.RemoveHostsSql, SourceRegistry.RemoveStatusSql,
        ];

        Assert.Equal(23, statements.Count);
        Assert.All(statements, x => Assert.Empty(ErrorsOf(x)));
        Assert.All(statements, x => Assert.Empty(ErrorsOf(engine.Counted(x))));
    }

    [Fact]
    public void ADatabasesName_IsQuoted()
    {
        Assert.Equal("CREATE DATABASE [a]]b];", SqlServerStatements.CreateDatabase("a]b"));
        Assert.Empty(ErrorsOf(SqlServerStatements.CreateDatabase("a]b")));
        Assert.Empty(ErrorsOf(SqlServerStatements.TurnSnapshotOnByHand("a]b")));
    }

    /// <summary>Without XACT_ABORT an error would end only its statement, and the COMMIT after it would store half of the write.</summary>
    [Theory]
    [InlineData(SqlServerStatements.Append)]
    [InlineData(SqlServerStatements.AppendOne)]
    public void AnAppend_RollsBackAtAnyError_CommitsLast_AndThenAnswers(string text)
    {
        var statements = ((TSqlScript)Parse(text, out _)).Batches.Single().Statements;

        Assert.Equal(
            [typeof(PredicateSetStatement), typeof(DeclareTableVariableStatement), typeof(UpdateStatement)],
            statements.Take(3).Select(x => x.GetType()));
        var set = (PredicateSetStatement)statements[0];
        Assert.True(set.IsOn && set.Options.HasFlag(SetOptions.XactAbort) && set.Options.HasFlag(SetOptions.NoCount));
        Assert.IsType<CommitTransactionStatement>(((IfStatement)statements[^2]).ThenStatement);
        Assert.IsType<SelectStatement>(statements[^1]);
    }

    [Fact]
    public void States_AreAppliedByWhatParses() => Assert.Empty(ErrorsOf(SqlServerStatements.ApplyStates));

    [Fact]
    public void RowsAreCounted_WhateverTheLoginsDefaultIs()
    {
        using var reader = new StringReader(new SqlServerEngine(AnyServer).Counted(new LeaseStatements("0").Renew));
        var script = (TSqlScript)new TSql150Parser(initialQuotedIdentifiers: true).Parse(reader, out _);

        var set = Assert.IsType<PredicateSetStatement>(script.Batches.Single().Statements[0]);
        Assert.True(!set.IsOn && set.Options.HasFlag(SetOptions.NoCount));
    }

    /// <summary>On SQL Server 'a' = 'a ', whatever the collation.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Texts_AreLookedUpWithTheirTrailingSpaces(bool equal)
    {
        using var db = DesignTimeContext.Create(new SqlServerEngine(AnyServer));
        var name = "a ";

        var sql = (equal ? db.Instances.Where(x => x.Name == name) : db.Instances.Where(x => x.Name != name)).ToQueryString();

        Assert.Contains("DATALENGTH([i].[name])", sql, StringComparison.Ordinal);
        Assert.Contains("DATALENGTH(@", sql, StringComparison.Ordinal);
        Assert.Contains(equal ? "[i].[name] = @" : "[i].[name] <> @", sql, StringComparison.Ordinal);
        Assert.Empty(ErrorsOf(sql));
    }

    [Fact]
    public void Texts_AreComparedWithTheProgramsOwnWords_AsTheyAre()
    {
        using var db = DesignTimeContext.Create(new SqlServerEngine(AnyServer));

        Assert.DoesNotContain("DATALENGTH", db.Jobs.Where(x => x.Status == JobStatuses.Queued).ToQueryString(), StringComparison.Ordinal);
    }

    [Fact]
    public void TheMigrations_Parse_AndMakeEveryTable()
    {
        using var db = DesignTimeContext.Create(new SqlServerEngine(AnyServer));
        var script = db.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.Idempotent);

        Assert.Empty(ErrorsOf(script));
        var tables = new TableNames();
        Parse(script, out _).Accept(tables);
        Assert.Empty(db.Model.GetEntityTypes().Select(x => x.GetTableName()!).Except(tables.Names));
    }

    [Fact]
    public void TheModel_IsThatOfTheMigrations()
    {
        using var db = DesignTimeContext.Create(new SqlServerEngine(AnyServer));

        Assert.False(db.Database.HasPendingModelChanges());
    }

    [Fact]
    public void EveryText_IsComparedByCodePoints()
    {
        using var db = DesignTimeContext.Create(new SqlServerEngine(AnyServer));

        var model = db.GetService<IDesignTimeModel>().Model;
        Assert.All(
            model.GetEntityTypes().SelectMany(x => x.GetProperties()).Where(x => x.ClrType == typeof(string)),
            x => Assert.Equal("Latin1_General_100_BIN2", x.GetCollation()));
    }

    [Fact]
    public void TheParser_SeesWhatIsWrong() => Assert.NotEmpty(ErrorsOf(SqlServerStatements.Append.Replace("OUTPUT", "RETURNING")));

    [Fact]
    public void TheRowsOfAnAppend_AreOneJsonText_WithoutNeedlessEscapes() => Assert.Equal(
        """[[0,"proxy","create","1","{\"a\":\"<é&'>\"}",null,null,"","/1/",null],[1,"pool","delete","é","{}","{}",null,"","/é/",null]]""",
        SqlServerAppend.RowsJson([new LogRow("proxy", "create", "1", """{"a":"<é&'>"}""", null), new LogRow("pool", "delete", "é", "{}", "{}")]));

    [Fact]
    public void OneRow_NeedsNoJson_AndEveryParameterIsDeclared()
    {
        var row = new LogRow("proxy", "create", "1", "{}", null);
        using var one = SqlServerAppend.CommandOf(new LogAppend(Guid.NewGuid(), DateTime.UtcNow, [row]));
        using var two = SqlServerAppend.CommandOf(new LogAppend(Guid.NewGuid(), DateTime.UtcNow, [row, row]));

        Assert.DoesNotContain("JSON", one.CommandText, StringComparison.Ordinal);
        Assert.Equal(VariablesOf(one.CommandText), NamesOf(one));
        Assert.Equal(VariablesOf(two.CommandText), NamesOf(two));

        static IEnumerable<string> NamesOf(SqlCommand command) =>
            command.Parameters.Cast<SqlParameter>().Select(x => x.ParameterName).Order(StringComparer.Ordinal);
    }

    private static IEnumerable<string> VariablesOf(string script)
    {
        var variables = new Variables();
        Parse(script, out _).Accept(variables);
        return variables.Names.Except(["@taken", "@changes", "@@ROWCOUNT"]).Order(StringComparer.Ordinal);
    }

    private static IEnumerable<string> ErrorsOf(string script)
    {
        Parse(script, out var errors);
        return errors.Select(x => $"line {x.Line}: {x.Message}");
    }

    private static TSqlFragment Parse(string script, out IList<ParseError> errors)
    {
        using var reader = new StringReader(script);
        return new TSql150Parser(initialQuotedIdentifiers: true).Parse(reader, out errors);
    }

    private sealed class TableNames : TSqlFragmentVisitor
    {
        public HashSet<string> Names { get; } = [];

        public override void Visit(CreateTableStatement node) => Names.Add(node.SchemaObjectName.BaseIdentifier.Value);
    }

    private sealed class Variables : TSqlFragmentVisitor
    {
        public HashSet<string> Names { get; } = [];

        public override void Visit(VariableReference node) => Names.Add(node.Name);
    }
}
