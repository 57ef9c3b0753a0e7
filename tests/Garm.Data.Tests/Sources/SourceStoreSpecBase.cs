using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Garm.Contracts.Entities;
using Garm.Contracts.Requests;
using Garm.Data.Sources;
using Garm.Data.Tests.Engines;
using Garm.Data.Tests.Support;
using Garm.Log.Sources;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Garm.Data.Tests.Sources;

/// <summary>The settings of sources: what is accepted, what is kept, and what the nodes read of it.</summary>
public abstract class SourceStoreSpecBase(TestEngine engine) : IAsyncLifetime
{
    private readonly TestDatabase _database = new(engine);

    private static CreateSourceRequest East { get; } = new()
    {
        Name = "east",
        Url = "https://garm.example.com/",
        Username = "admin",
        Password = "a password never seen",
        Hosts = ["Garm.Example.com", "10.0.0.5:8080"],
    };

    public Task InitializeAsync() => _database.InitializeAsync();

    public Task DisposeAsync() => _database.DisposeAsync();

    [SkippableFact]
    public async Task ASource_IsKept_WithItsDefaults_AndItsPasswordSealed()
    {
        var made = await CreateAsync(East);

        var read = await UseAsync(x => x.GetAsync("east", default));
        Assert.Equal(System.Text.Json.JsonSerializer.Serialize(made), System.Text.Json.JsonSerializer.Serialize(read));
        Assert.Equal(("https://garm.example.com", 60, true, SourceStates.Connecting), (read.Url, read.RelistSeconds, read.Enabled, read.Status.State));
        Assert.Equal(["10.0.0.5:8080", "garm.example.com"], read.Hosts);
        var settings = Assert.Single(await RegistryAsync(x => x.ReadAsync(default)));
        Assert.Equal((East.Password, TimeSpan.FromMinutes(1), true, false), (settings.Password, settings.RelistEvery, settings.IsEnabled, settings.IsLeaving));
        var stored = await _database.ReadAsync(db => db.Sources.AsNoTracking().SingleAsync());
        Assert.DoesNotContain(East.Password!, System.Text.Encoding.UTF8.GetString(stored.SealedPassword!));
        Assert.Empty(_database.Commits.Changes);
    }

    [SkippableTheory]
    [InlineData("", "name")]
    [InlineData("East", "name")]
    [InlineData("a b", "name")]
    [InlineData("a/b", "name")]
    public Task AName_ThatIsNone_IsRefused(string name, string says) => RefusedAsync(East with { Name = name }, says);

    [SkippableTheory]
    [InlineData("garm.example.com")]
    [InlineData("ftp://garm.example.com")]
    [InlineData("https://user:secret@garm.example.com")]
    [InlineData("https://garm.example.com?x=1")]
    [InlineData("https://garm.example.com/#a")]
    [InlineData("https://garm.example.com/api/v1/")]
    [InlineData("/relative")]
    public Task AUrl_ThatIsNone_IsRefused(string url) => RefusedAsync(East with { Url = url }, "url");

    [SkippableFact]
    public async Task WhatIsMissing_OrBeyondItsBounds_IsRefusedByName()
    {
        await RefusedAsync(East with { Url = null }, "url is missing");
        await RefusedAsync(East with { Username = "" }, "username is missing");
        await RefusedAsync(East with { Password = null }, "password is missing");
        await RefusedAsync(East with { RelistSeconds = 0 }, "relist_seconds 0");
        await RefusedAsync(East with { RelistSeconds = 86_401 }, "relist_seconds 86401");
        await RefusedAsync(East with { Hosts = ["a b"] }, "host \"a b\"");
        await RefusedAsync(East with { Hosts = ["http://a"] }, "host \"http://a\"");
        await RefusedAsync(East with { CaCertBundle = "bm8gY2VydGlmaWNhdGU=" }, "ca_cert_bundle");
        await RefusedAsync(East with { CaCertBundle = "%%%" }, "ca_cert_bundle");
        await RefusedAsync(East with { Unknown = new Dictionary<string, System.Text.Json.JsonElement> { ["relist"] = default } }, "there is no field \"relist\"");
    }

    [SkippableFact]
    public async Task ANameOrAHost_ThatIsTaken_IsRefused()
    {
        await CreateAsync(East);

        await Refusal.OfAsync(RefusalKind.Conflict, "a source with the name \"east\" already exists", () => CreateAsync(East));
        await Refusal.OfAsync(
            RefusalKind.Conflict, "the host garm.example.com is that of the source east already",
            () => CreateAsync(East with { Name = "west", Hosts = ["garm.EXAMPLE.com"] }));
        await CreateAsync(East with { Name = "west", Hosts = [] });
        await Refusal.OfAsync(
            RefusalKind.Conflict, "the host 10.0.0.5:8080 is that of the source east already",
            () => UpdateAsync("west", new() { Hosts = ["10.0.0.5:8080"] }));
    }

    [SkippableFact]
    public async Task AChange_KeepsWhatItDoesNotName_AndGivesAnotherRevision()
    {
        await CreateAsync(East);
        var before = Assert.Single(await RegistryAsync(x => x.ReadAsync(default)));

        var changed = await UpdateAsync("east", new() { Name = "east", RelistSeconds = 5, Enabled = false, Hosts = ["other.example.com", "garm.example.com"] });

        Assert.Equal((5, false, SourceStates.Disabled), (changed.RelistSeconds, changed.Enabled, changed.Status.State));
        Assert.Equal(["garm.example.com", "other.example.com"], changed.Hosts);
        var after = Assert.Single(await RegistryAsync(x => x.ReadAsync(default)));
        Assert.Equal((before.Id, East.Password, East.Username, false), (after.Id, after.Password, after.Username, after.IsEnabled));
        Assert.NotEqual(before.Revision, after.Revision);
        await Refusal.OfAsync(
            RefusalKind.BadRequest, "name cannot be changed: remove \"east\" and create \"west\"", () => UpdateAsync("east", new() { Name = "west" }));
        await Refusal.OfAsync(RefusalKind.NotFound, "there is no source \"west\"", () => UpdateAsync("west", new() { RelistSeconds = 5 }));
    }

    [SkippableFact]
    public async Task ABundle_IsTakenAsBase64OrAsItIs_AndTakenAwayByAnEmptyText()
    {
        using var key = RSA.Create(2048);
        using var authority = new CertificateRequest("CN=a", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(1));
        var pem = authority.ExportCertificatePem();
        var bytes = System.Text.Encoding.UTF8.GetBytes(pem);

        Assert.Equal(bytes, (await CreateAsync(East with { CaCertBundle = pem })).CaCertBundle);
        Assert.Equal(bytes, (await UpdateAsync("east", new() { CaCertBundle = Convert.ToBase64String(bytes) })).CaCertBundle);
        Assert.Equal(bytes, (await UpdateAsync("east", new())).CaCertBundle);
        Assert.Null((await UpdateAsync("east", new() { CaCertBundle = "" })).CaCertBundle);
        await RefusedAsync(East with { Name = "west", Hosts = [], CaCertBundle = pem + key.ExportPkcs8PrivateKeyPem() }, "private key");
    }

    [SkippableFact]
    public async Task ARemovedSource_IsNotShown_AndItsNameIsTaken_UntilItIsGone()
    {
        await CreateAsync(East);
        await UseAsync(x => x.RemoveAsync("east", default));

        Assert.Empty(await UseAsync(x => x.ListAsync(default)));
        await Refusal.OfAsync(RefusalKind.NotFound, "there is no source \"east\"", () => UseAsync(x => x.GetAsync("east", default)));
        var refusal = await Assert.ThrowsAsync<GarmException>(() => CreateAsync(East));
        Assert.Equal(RefusalKind.Conflict, refusal.Kind);
        await CreateAsync(East with { Name = "other" }); // Its hosts are free.

        var leaving = (await RegistryAsync(x => x.ReadAsync(default))).Single(x => x.IsLeaving);
        var lease = await LeaseAsync(leaving.Id);
        Assert.True(await RegistryAsync(x => x.RemoveAsync(lease, default)));
        await CreateAsync(East with { Hosts = [] });
    }

    [SkippableFact]
    public async Task TheSettingsSource_IsMade_ThenUpdated_AndLeftAloneWhenItIsSo()
    {
        await UseAsync(x => x.SetAsync(East, default));
        var made = Assert.Single(await RegistryAsync(x => x.ReadAsync(default)));

        await UseAsync(x => x.SetAsync(East, default));
        Assert.Equal(made.Revision, Assert.Single(await RegistryAsync(x => x.ReadAsync(default))).Revision);
        await UseAsync(x => x.SetAsync(East with { Password = "another password" }, default));

        var changed = Assert.Single(await RegistryAsync(x => x.ReadAsync(default)));
        Assert.Equal((made.Id, "another password"), (changed.Id, changed.Password));
    }

    [SkippableFact]
    public async Task TheState_IsTheHolders_AndNobodyElses()
    {
        await CreateAsync(East);
        var source = Assert.Single(await RegistryAsync(x => x.ReadAsync(default)));
        var old = await LeaseAsync(source.Id);
        var at = new DateTimeOffset(2026, 11, 29, 1, 2, 3, TimeSpan.Zero);
        var report = new SourceReport(SourceStates.Synced, "") { ControllerId = "c", Version = "v1", Node = "n", Entities = 7, Repairs = 2, LastListAt = at };
        Assert.True(await RegistryAsync(x => x.ReportAsync(old, report, default)));
        await _database.SaveAsync(db => db.Leases.Single().ExpiresAtMs = 1);
        var young = await LeaseAsync(source.Id);

        Assert.False(await RegistryAsync(x => x.ReportAsync(old, report with { Entities = 9 }, default)));
        Assert.False(await RegistryAsync(x => x.RemoveAsync(old, default)));

        var status = (await UseAsync(x => x.GetAsync("east", default))).Status;
        Assert.Equal((SourceStates.Synced, "c", "v1", "n", 7, 2, null, at.UtcDateTime),
            (status.State, status.ControllerId, status.Version, status.Node, status.Entities, status.Repairs, status.LastEventAt, status.LastListAt));
        Assert.True(await RegistryAsync(x => x.ReportAsync(young, report with { LastListAt = null, LastEventAt = at, Message = new string('x', 5000) }, default)));
        Assert.Equal(at.UtcDateTime, (await UseAsync(x => x.GetAsync("east", default))).Status.LastEventAt);
    }

    private async Task RefusedAsync(CreateSourceRequest request, string says)
    {
        var refusal = await Assert.ThrowsAsync<GarmException>(() => CreateAsync(request));
        Assert.Equal(RefusalKind.BadRequest, refusal.Kind);
        Assert.Contains(says, refusal.Message);
        Assert.DoesNotContain("secret", refusal.Message);
    }

    private async Task<SourceLease> LeaseAsync(Guid id) =>
        (await _database.UseAsync<ISourceLeases, SourceLease?>(x => x.TryAcquireAsync(id, TimeSpan.FromMinutes(5), default)))!.Value;

    private Task<T> RegistryAsync<T>(Func<ISourceRegistry, Task<T>> use) => _database.UseAsync(use);

    private Task<SourceView> CreateAsync(CreateSourceRequest request) => UseAsync(x => x.CreateAsync(request, default));

    private Task<SourceView> UpdateAsync(string name, UpdateSourceRequest request) => UseAsync(x => x.UpdateAsync(name, request, default));

    private Task<T> UseAsync<T>(Func<SourceStore, Task<T>> use) => _database.UseAsync(use);

    private Task UseAsync(Func<SourceStore, Task> use) => _database.UseAsync(use);
}
