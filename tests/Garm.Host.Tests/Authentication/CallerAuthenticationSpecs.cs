using Garm.Data.Retries;
using Garm.Data.Sqlite;
using Garm.Data.Users;
using Garm.Host.Authentication;
using Garm.Log.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;

namespace Garm.Host.Tests.Authentication;

/// <summary>Authentication of a request while the database does not answer for a moment.</summary>
public sealed class CallerAuthenticationSpecs
{
    private const int Busy = 5;
    private const int Corrupt = 11;

    private static readonly AuthenticatedUser User = new(Guid.NewGuid(), "Admin", true, 1);

    [Fact]
    public async Task ACaller_IsFound_WhenTheDatabaseAnswersAgain()
    {
        var users = new FailingReader(faults: 3, Busy);

        var caller = await AuthenticateAsync(users);

        Assert.Equal(User.UserId, caller?.Access.UserId);
        Assert.Equal(4, users.Reads);
    }

    [Fact]
    public async Task AFault_ThatTimeDoesNotMend_IsThrownAtOnce()
    {
        var users = new FailingReader(faults: 1, Corrupt);

        await Assert.ThrowsAsync<SqliteException>(() => AuthenticateAsync(users));
        Assert.Equal(1, users.Reads);
    }

    private static Task<Caller?> AuthenticateAsync(IUserAccessReader users)
    {
        var tokens = new TokenService("a secret for the tests", TimeSpan.FromHours(1), TimeProvider.System);
        var reads = new DatabaseReads(
            new SqliteEngine("Data Source=:memory:"), new WriteRetryOptions { FirstPause = TimeSpan.FromMilliseconds(1) }, TimeProvider.System);
        var context = new DefaultHttpContext();
        context.Request.Headers.Authorization = $"Bearer {tokens.Create(User)}";
        return new CallerAuthentication(tokens, users, reads).AuthenticateAsync(context);
    }

    private sealed class FailingReader(int faults, int code) : IUserAccessReader
    {
        public int Reads { get; private set; }

        public Task<UserAccess?> ReadAsync(Guid userId, CancellationToken cancellation) => ++Reads <= faults
            ? Task.FromException<UserAccess?>(new SqliteException("on command", code))
            : Task.FromResult<UserAccess?>(new UserAccess(userId, true, true, User.Generation));
    }
}
