using System.Net;
using System.Text.RegularExpressions;
using Garm.Host.OpenApi;
using Garm.Host.Tests.Hub;
using Garm.TestUtilities;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;

namespace Garm.Host.Tests.Description;

/// <summary>A host before its first run, for routes that need no token.</summary>
public sealed class UninitialisedHost : IAsyncLifetime
{
    internal TestHost Host { get; private set; } = null!;

    public async Task InitializeAsync() => Host = await InProcessHost.StartAsync(new Dictionary<string, string?>());

    public async Task DisposeAsync() => await Host.DisposeAsync();
}

/// <summary>The hub's description of itself, before any user exists.</summary>
public sealed partial class ApiDescriptionSpecs(UninitialisedHost shared) : IClassFixture<UninitialisedHost>
{
    private readonly HttpClient _client = new() { BaseAddress = shared.Host.BaseUrl };

    [Fact]
    public async Task TheDocument_IsValidOpenApi31()
    {
        var document = await ApiDocument.ReadAsync(shared.Host.BaseUrl);

        var read = OpenApiDocument.Parse(document.Text, "json");

        Assert.Equal(OpenApiSpecVersion.OpenApi3_1, read.Diagnostic!.SpecificationVersion);
        Assert.Empty(read.Diagnostic.Errors.Select(x => x.ToString()));
        Assert.Empty(read.Diagnostic.Warnings.Select(x => x.ToString()));
    }

    [Fact]
    public async Task EveryReference_IsDefined()
    {
        var document = await ApiDocument.ReadAsync(shared.Host.BaseUrl);
        var defined = System.Text.Json.Nodes.JsonNode.Parse(document.Text)!["components"]!["schemas"]!.AsObject();

        Assert.All(References().Matches(document.Text), x => Assert.True(defined.ContainsKey(x.Groups[1].Value), x.Value));
    }

    [Fact]
    public async Task EveryTag_IsOfAnOperation()
    {
        var document = await ApiDocument.ReadAsync(shared.Host.BaseUrl);
        var listed = System.Text.Json.Nodes.JsonNode.Parse(document.Text)!["tags"]!.AsArray().Select(x => (string)x!["name"]!);
        var used = document.Routes.SelectMany(x => x.Operation["tags"]!.AsArray()).Select(x => (string)x!).Distinct();

        Assert.Equal(used.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task EveryMappedRoute_IsDescribed_AndNothingElse()
    {
        var document = await ApiDocument.ReadAsync(shared.Host.BaseUrl);

        Assert.Equal(
            MappedRoutes.All().Order(StringComparer.Ordinal),
            document.Routes.Select(x => $"{x.Method} {x.Path}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task EveryOperation_HasItsOwnName_ATag_AndTheErrorsForm()
    {
        var document = await ApiDocument.ReadAsync(shared.Host.BaseUrl);

        var names = document.Routes.Select(x => (string?)x.Operation["operationId"]).ToList();
        Assert.Equal(names.Count, names.Distinct().Count());
        Assert.All(document.Routes, x =>
        {
            Assert.False(string.IsNullOrEmpty((string?)x.Operation["operationId"]), x.Path);
            Assert.NotEmpty(x.Operation["tags"]!.AsArray());
            Assert.Equal(
                "#/$defs/ApiError",
                (string?)x.Operation["responses"]!["default"]!["content"]!["application/json"]!["schema"]!["$ref"]);
        });
    }

    [Fact]
    public async Task EveryOperation_HasAShortSummary()
    {
        var document = await ApiDocument.ReadAsync(shared.Host.BaseUrl);

        Assert.All(document.Routes, x => Assert.Matches("^[A-Z][^.]{3,70}\\.$", (string?)x.Operation["summary"] ?? $"{x.Method} {x.Path}"));
    }

    [Fact]
    public async Task TheServer_IsTheOneThatTheDescriptionWasReadFrom()
    {
        var document = await ApiDocument.ReadAsync(shared.Host.BaseUrl);

        Assert.Equal(["/"], System.Text.Json.Nodes.JsonNode.Parse(document.Text)!["servers"]!.AsArray().Select(x => (string)x!["url"]!));
    }

    [Fact]
    public async Task EveryJsonBody_HasAnExample_ThatIsAsDescribed()
    {
        var document = await ApiDocument.ReadAsync(shared.Host.BaseUrl);
        var bodies = document.Routes
            .Select(x => (Name: (string)x.Operation["operationId"]!, Media: x.Operation["requestBody"]?["content"]?["application/json"]))
            .Where(x => x.Media is not null).ToList();

        // A delivery is the forge's; the updates of endpoints and credentials accept any of the fields of their creation.
        Assert.Equal(
            [
                "TakeControllerWebhook", "TakeWebhook", "UpdateCredentials", "UpdateFileObject", "UpdateGiteaCredentials", "UpdateGiteaEndpoint",
                "UpdateGithubEndpoint",
            ],
            bodies.Where(x => x.Media!["example"] is null).Select(x => x.Name).Order(StringComparer.Ordinal));
        Assert.All(
            bodies.Where(x => x.Media!["example"] is not null),
            x => Assert.Null(document.ProblemOf(x.Media!["schema"]!, x.Media["example"]!)));
    }

    [Fact]
    public async Task OnlyTheFirstRun_TheLogin_AndWebhooks_NeedNoToken()
    {
        var document = await ApiDocument.ReadAsync(shared.Host.BaseUrl);

        Assert.Equal(
            ["POST /api/v1/auth/login", "POST /api/v1/first-run", "POST /webhooks", "POST /webhooks/{controllerId}"],
            document.Routes.Where(x => x.Operation["security"] is null).Select(x => $"{x.Method} {x.Path}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task ARequestsBody_IsDescribed_WhereOneIsRead()
    {
        var document = await ApiDocument.ReadAsync(shared.Host.BaseUrl);

        var without = document.Routes
            .Where(x => x.Method is "POST" or "PUT" && x.Operation["requestBody"] is null)
            .Select(x => (string)x.Operation["operationId"]!);
        Assert.Equal(["CreateInstanceToken", "ForceToolsSync", "ResealSecrets"], without.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task ThePage_IsServed_WithItsScripts_AndAsksNobodyElse()
    {
        var page = await _client.GetStringAsync(new Uri("/docs/", UriKind.Relative));

        Assert.DoesNotContain("://", page, StringComparison.Ordinal);
        Assert.Contains("\"showDeveloperTools\":\"never\"", page, StringComparison.Ordinal);
        var scripts = Scripts().Matches(page).Select(x => x.Groups[1].Value).ToList();
        Assert.NotEmpty(scripts);
        foreach (var script in scripts)
        {
            using var answer = await _client.GetAsync(new Uri($"/docs/{script}", UriKind.Relative));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.NotEmpty(await answer.Content.ReadAsByteArrayAsync());
        }
    }

    [GeneratedRegex("\"#/components/schemas/([^\"]+)\"")]
    private static partial Regex References();

    [GeneratedRegex("src=\"([^\"]+)\"")]
    private static partial Regex Scripts();
}

/// <summary>The routes that the hub has mapped, read from the hub itself.</summary>
internal static class MappedRoutes
{
    /// <summary>Method and path of each route of the API, in the description's format.</summary>
    public static IReadOnlySet<string> All()
    {
        var folder = Directory.CreateTempSubdirectory("garm-routes-");
        try
        {
            var app = GarmApplication.Build([$"--Garm:DataDirectory={folder.FullName}", "--Urls=http://127.0.0.1:0"]);
            return ((IEndpointRouteBuilder)app).DataSources.SelectMany(x => x.Endpoints).OfType<RouteEndpoint>()
                .Where(x => ApiDescription.IsDescribed(PathOf(x)))
                .SelectMany(x => x.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Select(method => $"{method} {PathOf(x)}") ?? [])
                .ToHashSet();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string PathOf(RouteEndpoint endpoint) => $"/{endpoint.RoutePattern.RawText!.Trim('/')}";
}
