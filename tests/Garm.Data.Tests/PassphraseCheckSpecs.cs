using Garm.Contracts.Requests;
using Garm.Data.Secrets;
using Garm.Data.Stores;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Garm.Data.Tests;

/// <summary>A passphrase that does not fit the database is noticed before a secret is needed.</summary>
public sealed class PassphraseCheckSpecs : IAsyncLifetime
{
    private readonly TestDatabase _database = new();

    public Task InitializeAsync() => _database.InitializeAsync();

    public Task DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task CredentialsThatAreSealedWithAnotherPassphrase_AreNamed()
    {
        Assert.Null(await UnreadableAsync("another passphrase"));

        await _database.UseAsync((GithubCredentialsStore store) => store.CreateAsync(
            new()
            {
                Name = "first",
                Endpoint = "github.com",
                AuthType = "pat",
                Pat = new GithubPat { Oauth2Token = "token" },
            },
            default));

        Assert.Equal("first", await UnreadableAsync("another passphrase"));
        Assert.Null(await _database.UseAsync((PassphraseCheck check) => check.FindUnreadableAsync(default)));
    }

    private Task<string?> UnreadableAsync(string passphrase) => _database.UseAsync(
        (IDbContextFactory<GarmDbContext> contexts) =>
            new PassphraseCheck(contexts, new SecretSealer(passphrase)).FindUnreadableAsync(default));
}
