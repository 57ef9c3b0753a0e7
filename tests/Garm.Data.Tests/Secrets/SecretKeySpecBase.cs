using Garm.Contracts.Requests;
using Garm.Data.Credentials;
using Garm.Data.Model;
using Garm.Data.Retries;
using Garm.Data.Secrets;
using Garm.Data.Tests.ChangeLog;
using Garm.Data.Tests.Engines;
using Garm.Data.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Garm.Data.Tests.Secrets;

/// <summary>Which nodes may start on a database, and how a passphrase is replaced while nodes run.</summary>
public abstract class SecretKeySpecBase(TestEngine engine) : IAsyncLifetime
{
    private const string First = "a passphrase for tests only"; // TestDatabase.Sealer's
    private const string Next = "the passphrase that comes next";

    private readonly TestDatabase _database = new(engine);

    public Task InitializeAsync() => _database.InitializeAsync();

    public Task DisposeAsync() => _database.DisposeAsync();

    [SkippableFact]
    public async Task ANodeWithAnotherPassphrase_DoesNotStart_AlsoWhereNoSecretIsStored()
    {
        var refusal = await Assert.ThrowsAsync<SecretsException>(() => AdmitAsync(new SecretSealer(Next)));

        Assert.StartsWith("Garm:Secrets:Passphrase does not fit", refusal.Message, StringComparison.Ordinal);
        Assert.Equal([(TestDatabase.Sealer.KeyId, "active")], await KeysAsync());
    }

    [SkippableFact]
    public async Task OfTwoNodesWithDifferentPassphrases_OnANewDatabase_OneStarts()
    {
        await ForgetKeysAsync();

        var starts = new[] { new SecretSealer(First), new SecretSealer(Next) }.Select(x => Task.Run(() => AdmitAsync(x))).ToList();
        await Task.WhenAll(starts.Select(x => x.ContinueWith(_ => { }, TaskScheduler.Default)));

        Assert.Equal(1, starts.Count(x => x.IsCompletedSuccessfully));
        Assert.IsType<SecretsException>(starts.Single(x => x.IsFaulted).Exception!.InnerException);
        Assert.Single(await KeysAsync());
    }

    [SkippableFact]
    public async Task ADatabaseOfAVersionThatKeptNoKeys_IsAskedByItsSecrets()
    {
        await CreateCredentialsAsync("first");
        await ForgetKeysAsync();

        var refusal = await Assert.ThrowsAsync<SecretsException>(() => AdmitAsync(new SecretSealer(Next)));
        await AdmitAsync(new SecretSealer(First));

        Assert.Contains("GithubCredentials 1", refusal.Message, StringComparison.Ordinal);
        Assert.Equal([(TestDatabase.Sealer.KeyId, "active")], await KeysAsync());
    }

    [SkippableFact]
    public async Task WhoHasLostThePassphrase_StartsWithASwitch()
    {
        await CreateCredentialsAsync("first");

        await AdmitAsync(new SecretSealer(Next), new SecretsOptions(AllowUnreadable: true));
        await AdmitAsync(new SecretSealer(Next));

        Assert.Equal("active", Assert.Single(await KeysAsync(), x => x.Id == new SecretSealer(Next).KeyId).State);
        Assert.Equal(["GithubCredentials 1"], (await ResealAsync(new SecretSealer(Next))).Unreadable);
    }

    [SkippableFact]
    public async Task TheStepsOfARotation_LeaveNoNodeThatCannotRead()
    {
        var (old, learned) = (new SecretSealer(First), new SecretSealer(First, Next));
        var (rotated, done) = (new SecretSealer(Next, First), new SecretSealer(Next));
        await CreateCredentialsAsync("first");

        // 1. Every node gets the new one. 2. Each node in turn makes it the current one.
        await AdmitAsync(learned);
        await AdmitAsync(rotated);
        Assert.NotNull(await ObstacleAsync(old));
        Assert.Null(await ObstacleAsync(learned));
        await Assert.ThrowsAsync<SecretsException>(() => AdmitAsync(old));
        await Assert.ThrowsAsync<SecretsException>(() => AdmitAsync(done));

        // 3. All secrets are encrypted again. 4. The old one is removed from the settings.
        await ResealAsync(rotated);
        await AdmitAsync(done);
        Assert.Null(await ObstacleAsync(done));
        await Assert.ThrowsAsync<SecretsException>(() => AdmitAsync(learned));
        Assert.NotNull(await ObstacleAsync(learned));
        Assert.Equal(409, await StatusAsync(() => ResealAsync(learned)));
    }

    [SkippableFact]
    public async Task ASecretThatIsSealedWithAReplacedPassphrase_IsNotStored()
    {
        await AdmitAsync(new SecretSealer(Next, First));
        await CreateCredentialsAsync("before");
        await ResealAsync(new SecretSealer(Next, First));

        Assert.Equal(503, await StatusAsync(() => CreateCredentialsAsync("after")));

        Assert.Equal(["before"], await _database.ReadAsync(db => db.Credentials.Select(x => x.Name).ToListAsync()));
    }

    [SkippableFact]
    public async Task Resealing_ReachesEverySecret_WithoutAnEvent()
    {
        foreach (var type in SealedColumn.All.Select(x => x.Entity).Distinct()) await AddAsync(Sample(type));
        var sealer = new SecretSealer(Next, First);
        await AdmitAsync(sealer);
        _database.Commits.Clear();
        var (before, head) = (await VersionsAsync(), await HeadAsync());

        var result = await ResealAsync(sealer);

        Assert.Empty(result.Unreadable);
        Assert.True(result.Resealed >= SealedColumn.All.Count);
        foreach (var column in SealedColumn.All)
        {
            var values = await _database.ReadAsync(async db => await column.ReadAsync(db, await column.KeysAsync(db, int.MaxValue, default), default));
            Assert.NotEmpty(values);
            Assert.All(values, x => Assert.Equal("secret", new SecretSealer(Next).Open(x.Bytes, column.Purpose)));
        }

        Assert.Empty(_database.Commits.Changes);
        Assert.Equal(head, await HeadAsync());
        Assert.Equal(before, await VersionsAsync());
        Assert.Equal(0, (await ResealAsync(sealer)).Resealed);
    }

    [SkippableFact]
    public async Task ASecretThatIsGivenWhileOthersAreSealedAnew_Stays()
    {
        await CreateCredentialsAsync("first");
        var sealer = new SecretSealer(Next, First);
        await AdmitAsync(sealer);
        var given = sealer.Seal("given meanwhile", SecretPurposes.GithubCredentials);
        var column = SealedColumn.All[0];
        var read = Assert.Single(await _database.ReadAsync(db => column.ReadAsync(db, [1L], default)));

        // A change through another node between the read and the replacement.
        await _database.SaveAsync(db => db.Credentials.Single().SealedPayload = given);
        var replaced = await _database.ReadAsync(async db =>
        {
            await db.Database.OpenConnectionAsync();
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = column.UpdateSql(db);
            foreach (var (name, value) in new[] { ("@new", sealer.Seal("older", column.Purpose)), ("@id", read.Id), ("@old", (object)read.Bytes) })
            {
                var parameter = command.CreateParameter();
                (parameter.ParameterName, parameter.Value) = (name, value);
                command.Parameters.Add(parameter);
            }

            return await command.ExecuteNonQueryAsync();
        });

        Assert.Equal(0, replaced);
        Assert.Equal(given, (await _database.ReadAsync(db => db.Credentials.AsNoTracking().SingleAsync())).SealedPayload);
    }

    [SkippableFact]
    public async Task EverySealedProperty_IsSealedAnew()
    {
        var known = SealedColumn.All.Select(x => (x.Entity, x.Property)).ToHashSet();

        var forgotten = await _database.ReadAsync(db => Task.FromResult(db.Model.GetEntityTypes()
            .Where(x => !x.ClrType.IsAbstract && x.ClrType != typeof(SealedKey))
            .SelectMany(x => x.GetProperties().Where(y => y.Name.StartsWith("Sealed", StringComparison.Ordinal)).Select(y => (x.ClrType, y.Name)))
            .Where(x => !known.Contains(x)).ToList()));

        Assert.Empty(forgotten);
    }

    // A source is no watched entity.
    private static object Sample(Type type) => type == typeof(Source)
        ? new Source { Id = Guid.NewGuid(), Name = "sample", Revision = 1, Status = new SourceStatus() }
        : SampleEntities.All[type].Make();

    private Task AddAsync(object entity) => _database.SaveAsync(db =>
    {
        db.Add(entity);
        foreach (var added in db.ChangeTracker.Entries().Select(x => x.Entity).ToList())
        {
            foreach (var column in SealedColumn.All.Where(x => x.Entity == added.GetType()))
                added.GetType().GetProperty(column.Property)!.SetValue(added, TestDatabase.Sealer.Seal("secret", column.Purpose));
        }
    });

    private Task CreateCredentialsAsync(string name) => _database.UseAsync((GithubCredentialsStore store) => store.CreateAsync(
        new() { Name = name, Endpoint = "github.com", AuthType = "pat", Pat = new GithubPat { Oauth2Token = "token" } }, default));

    private Task AdmitAsync(SecretSealer sealer, SecretsOptions? options = null) => Keys(sealer, options).AdmitAsync(default);

    private Task<string?> ObstacleAsync(SecretSealer sealer) => Keys(sealer, null).FindObstacleAsync(default);

    private Task<ResealResult> ResealAsync(SecretSealer sealer) =>
        new SecretResealing(
            _database.Contexts, _database.Where.Engine, new DatabaseReads(_database.Where.Engine, new WriteRetryOptions(), TimeProvider.System),
            sealer, Keys(sealer, null)).RunAsync(default);

    private SecretKeys Keys(SecretSealer sealer, SecretsOptions? options) =>
        new(_database.Contexts, _database.Where.Engine, sealer, options ?? new SecretsOptions());

    private async Task<List<(string Id, string State)>> KeysAsync() =>
        [.. (await _database.ReadAsync(db => db.SecretKeys.AsNoTracking().ToListAsync())).Select(x => (x.Id, x.State))];

    private Task ForgetKeysAsync() => _database.SaveAsync(db => db.SecretKeys.RemoveRange(db.SecretKeys));

    private Task<long> HeadAsync() => _database.ReadAsync(db => db.ChangeLogHeads.AsNoTracking().Select(x => x.NextPosition).SingleAsync());

    private Task<List<long>> VersionsAsync() => _database.ReadAsync(async db =>
    {
        List<long> versions = await db.Credentials.AsNoTracking().OrderBy(x => x.Id).Select(x => x.Version).ToListAsync();
        versions.AddRange(await db.Instances.AsNoTracking().OrderBy(x => x.Id).Select(x => x.Version).ToListAsync());
        return versions;
    });

    private static async Task<int> StatusAsync(Func<Task> act) => (await Assert.ThrowsAsync<GarmException>(act)).Kind switch
    {
        RefusalKind.Conflict => 409,
        RefusalKind.Unavailable => 503,
        var other => throw new InvalidOperationException($"{other}"),
    };
}
