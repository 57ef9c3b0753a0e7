using System.Reflection;
using Garm.Data.ChangeLog;
using Garm.Data.Leases;
using Garm.Data.Nodes;
using Garm.Data.Secrets;
using Garm.Data.SqlServer;
using Garm.Data.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using Xunit;

namespace Garm.Data.Tests.Schema;

/// <summary>What SQL Server would be told, read by its own parser: also where no server is at hand.</summary>
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
            SecretKeys.InsertSql, SecretKeys.LeaveSql, SecretKeys.RetireSql, SecretKeys.GiveUpSql, ChangeLogPruner.DeleteSql, ChangeLogEpochs.EndSql, CommitRules.LockHeadSql, UserAccessReader.ReadSql,
        ];

        Assert.Equal(19, statements.Count);
        Assert.All(statements, x => Assert.Empty(ErrorsOf(x)));
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
    public void TheRowsOfAnAppend_AreOneJsonText() => Assert.Equal(
        """[[0,"proxy","create","1","{\u0022a\u0022:1}",null],[1,"pool","delete","\u00E9","{}","{}"]]""",
        SqlServerEngine.RowsJson([new LogRow("proxy", "create", "1", """{"a":1}""", null), new LogRow("pool", "delete", "é", "{}", "{}")]));

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
}
