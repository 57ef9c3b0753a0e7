using Garm.Data.Engines;
using Garm.Data.SqlServer;
using Garm.Data.Tests.Support;
using Microsoft.Data.SqlClient;
using Xunit;

namespace Garm.Data.Tests.SqlServer;

/// <summary>How the hub and the server's client handle the server's answers, which a responder gives.</summary>
public sealed class SqlServerClientSpecs
{
    private static readonly LogRow Row = new("proxy", "create", "1", "{}", null);

    [Theory]
    [InlineData(false)]
    [InlineData(true)] // "Transaction count after EXECUTE …": expected.
    public async Task AnAppend_CommitsInItsRoundTrip_AndTheClientKnows(bool tellsOfTheCount)
    {
        await using var responder = new TdsResponder(request => request.Kind switch
        {
            TdsKind.Login => TdsTokens.LoggedIn,
            TdsKind.Transaction => [.. TdsTokens.Begun, .. TdsTokens.Done()],
            _ =>
            [
                .. TdsTokens.Committed, .. TdsTokens.Row("0123456789abcdef", 8L, 42L),
                .. tellsOfTheCount ? TdsTokens.Error(266, 16) : [], .. TdsTokens.DoneCall(tellsOfTheCount),
            ],
        });
        var taken = await AppendAsync(responder);

        Assert.Equal(new TakenPositions("0123456789abcdef", 8, 42), taken);
        Assert.Equal([TdsKind.Login, TdsKind.Transaction, TdsKind.Call], responder.Requests.Select(x => x.Kind));
    }

    [Fact]
    public async Task AnErrorOfTheCommit_IsRaised_ThoughTheRowCame()
    {
        await using var responder = new TdsResponder(request => request.Kind switch
        {
            TdsKind.Login => TdsTokens.LoggedIn,
            TdsKind.Transaction => [.. TdsTokens.Begun, .. TdsTokens.Done()],
            _ =>
            [
                .. TdsTokens.Row("0123456789abcdef", 8L, 42L), .. TdsTokens.Error(3998, 16), .. TdsTokens.Error(266, 16),
                .. TdsTokens.DoneCall(isError: true),
            ],
        });

        Assert.Equal(3998, (await Assert.ThrowsAsync<SqlException>(() => AppendAsync(responder))).Number);
    }

    [Fact]
    public async Task AWrongPassword_EndsTheStart_AfterOneLogin()
    {
        await using var responder = new TdsResponder(_ => TdsTokens.Refusal((18456, 14)));

        var refusal = await Assert.ThrowsAsync<SqlException>(() => TestDatabase.PrepareAsync(new SqlServerEngine(responder.ConnectionString)));

        Assert.Equal(18456, refusal.Number);
        Assert.Single(responder.Requests);
    }

    [Fact]
    public async Task ALoginWithoutAUserInTheDatabase_MakesNone()
    {
        await using var responder = new TdsResponder(request => request.Kind switch
        {
            TdsKind.Login when request.Mentions("master") => TdsTokens.LoggedIn,
            TdsKind.Login => TdsTokens.Refusal((4060, 11), (18456, 14)),
            _ => [.. TdsTokens.Row(0, "ONLINE", 0), .. TdsTokens.DoneCall()],
        });

        var refusal = await Assert.ThrowsAsync<DatabaseRefusedException>(
            () => TestDatabase.PrepareAsync(new SqlServerEngine(responder.ConnectionString)));

        Assert.Contains("has no user in it", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(responder.Requests, x => x.Mentions("CREATE DATABASE"));
        Assert.Equal(3, responder.Requests.Count);
    }

    [Fact]
    public async Task AMissingDatabase_IsMadeAlone_AndThenSetUp()
    {
        var isMade = false;
        await using var responder = new TdsResponder(request =>
        {
            if (request.Mentions("CREATE DATABASE [hub];")) isMade = true;
            return request.Kind switch
            {
                TdsKind.Login when isMade || request.Mentions("master") => TdsTokens.LoggedIn,
                TdsKind.Login => TdsTokens.Refusal((4060, 11), (18456, 14)),
                TdsKind.Call => TdsTokens.DoneCall(),
                _ when request.Mentions("is_read_committed_snapshot_on") => [.. TdsTokens.Row(0, 160, 0), .. TdsTokens.Done()],
                _ => TdsTokens.Done(),
            };
        });
        var engine = new SqlServerEngine(responder.ConnectionString);

        await engine.ReachAsync(null!, mayChange: true, default);

        Assert.Equal(
            ["CREATE DATABASE [hub];", "SET READ_COMMITTED_SNAPSHOT ON WITH NO_WAIT"],
            responder.Requests.Where(x => x.Kind == TdsKind.Batch).Select(x =>
                x.Mentions("CREATE DATABASE [hub];") ? "CREATE DATABASE [hub];"
                : x.Mentions("SET READ_COMMITTED_SNAPSHOT ON WITH NO_WAIT") ? "SET READ_COMMITTED_SNAPSHOT ON WITH NO_WAIT" : null).OfType<string>());
    }

    /// <summary>By default the pool would repeat the error for 5 s, then for 10 s, and so on, without contacting the server.</summary>
    [Fact]
    public async Task AServerThatIsBack_IsUsedAtOnce()
    {
        var logins = 0;
        await using var responder = new TdsResponder(_ => ++logins == 1 ? TdsTokens.Refusal((18401, 14)) : TdsTokens.LoggedIn);
        var connectionString = SqlServerConnection.Complete(responder.ConnectionString);
        await using var first = new SqlConnection(connectionString);
        await using var second = new SqlConnection(connectionString);

        Assert.Equal(18401, (await Assert.ThrowsAsync<SqlException>(() => first.OpenAsync())).Number);
        await second.OpenAsync();

        Assert.Equal(2, logins);
    }

    private static async Task<TakenPositions> AppendAsync(TdsResponder responder)
    {
        await using var connection = new SqlConnection(responder.ConnectionString);
        await connection.OpenAsync();
        await using var transaction = connection.BeginTransaction();
        return await new SqlServerEngine(responder.ConnectionString)
            .AppendAsync(transaction, new LogAppend(Guid.CreateVersion7(), DateTime.UtcNow, [Row]), default);
    }
}
