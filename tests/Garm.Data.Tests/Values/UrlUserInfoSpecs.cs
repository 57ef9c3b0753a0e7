using Garm.Data.Controller;
using Garm.Data.Endpoints;
using Garm.Data.Jobs;
using Garm.Data.Proxies;
using Garm.Data.Tests.Support;
using Xunit;

namespace Garm.Data.Tests.Values;

/// <summary>A URL with a password is refused, because every user could see it; the refusal does not repeat it.</summary>
public sealed class UrlUserInfoSpecs : IAsyncLifetime
{
    private const string Good = "https://h.example.com";
    private const string Bad = "https://user:hunter2@h.example.com";

    private readonly TestDatabase _database = new();

    public Task InitializeAsync() => _database.InitializeAsync();

    public Task DisposeAsync() => _database.DisposeAsync();

    [Theory]
    [InlineData(Bad, Good, Good)]
    [InlineData(Good, Bad, Good)]
    [InlineData(Good, Good, Bad)]
    public async Task AGithubEndpoint_TakesNone(string api, string upload, string url)
    {
        await RefusedAsync((GithubEndpointStore store) => store.CreateAsync(
            new() { Name = "e", ApiBaseUrl = api, UploadBaseUrl = upload, BaseUrl = url }, default));
        await RefusedAsync((GithubEndpointStore store) => store.UpdateAsync(
            "github.com", new() { ApiBaseUrl = api, UploadBaseUrl = upload, BaseUrl = url }, default));
    }

    [Theory]
    [InlineData(Bad, Good, Good)]
    [InlineData(Good, Bad, Good)]
    [InlineData(Good, Good, Bad)]
    public async Task AGiteaEndpoint_TakesNone(string api, string url, string tools) =>
        await RefusedAsync((GiteaEndpointStore store) => store.CreateAsync(
            new() { Name = "e", ApiBaseUrl = api, BaseUrl = url, ToolsMetadataUrl = tools }, default));

    [Fact]
    public async Task TheController_TakesNone()
    {
        await RefusedAsync((ControllerStore store) => store.UpdateAsync(new() { MetadataUrl = Bad }, default));
        await RefusedAsync((ControllerStore store) => store.UpdateAsync(new() { CallbackUrl = Bad }, default));
        await RefusedAsync((ControllerStore store) => store.UpdateAsync(new() { WebhookUrl = Bad }, default));
        await RefusedAsync((ControllerStore store) => store.UpdateAsync(new() { AgentUrl = Bad }, default));
        await RefusedAsync((ControllerStore store) => store.UpdateAsync(new() { AgentReleasesUrl = Bad }, default));
    }

    [Fact]
    public async Task AProxy_TakesNone_ItHasFieldsForThem()
    {
        await RefusedAsync((ProxyStore store) => store.CreateAsync(new() { Name = "p", HttpProxy = Bad }, default));
        await RefusedAsync((ProxyStore store) => store.CreateAsync(new() { Name = "p", HttpsProxy = Bad }, default));
    }

    [Fact]
    public void AScaleSetsJob_TakesNone()
    {
        var refusal = Assert.Throws<GarmException>(() => ScaleSetJobRules.Validate(
            new() { ScaleSetJobId = "j", Status = "queued", WorkflowRunUrl = Bad }));

        Assert.DoesNotContain("hunter2", refusal.Message, StringComparison.Ordinal);
    }

    private async Task RefusedAsync<TStore>(Func<TStore, Task> use)
        where TStore : notnull
    {
        var refusal = await Assert.ThrowsAsync<GarmException>(() => _database.UseAsync(use));

        Assert.Equal(RefusalKind.BadRequest, refusal.Kind);
        Assert.DoesNotContain("hunter2", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(_database.Commits.Kinds);
    }
}
