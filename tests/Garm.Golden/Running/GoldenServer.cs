using System.Net;
using System.Text;
using System.Text.Json;
using Garm.Golden.Scenarios;

namespace Garm.Golden.Running;

/// <summary>The server under test and its credentials.</summary>
/// <param name="Token">The administrator's token; null for a server without an administrator.</param>
/// <param name="ControllerId">Null like the token.</param>
public sealed record GoldenServer(
    Uri BaseUrl,
    string Username,
    string Password,
    string? Token = null,
    string? ControllerId = null)
{
    private const string AdminName = "admin";
    private const string AdminPassword = "Corr3ct-Horse-battery-Staple-99!";

    /// <summary>The base URL as the recordings write it, without a slash at the end.</summary>
    public string Address => BaseUrl.OriginalString.TrimEnd('/');

    /// <summary>A server without an administrator; its scenario does the first run.</summary>
    public static GoldenServer Fresh(Uri baseUrl) => new(baseUrl, AdminName, AdminPassword);

    /// <summary>Does the first run and sets the controller's URLs, as they were in the recordings.</summary>
    public static async Task<GoldenServer> InitialiseAsync(Uri baseUrl)
    {
        var server = Fresh(baseUrl);
        using var client = new HttpClient { BaseAddress = baseUrl };
        await CallAsync(client, HttpMethod.Post, "/api/v1/first-run", new Dictionary<string, string>
        {
            ["username"] = server.Username,
            ["password"] = server.Password,
            ["email"] = "admin@example.com",
            ["full_name"] = "Golden Admin",
        });

        var login = await CallAsync(client, HttpMethod.Post, "/api/v1/auth/login", new Dictionary<string, string>
        {
            ["username"] = server.Username,
            ["password"] = server.Password,
        });
        var token = login.PropertyText("token");
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);

        var controller = await CallAsync(client, HttpMethod.Put, "/api/v1/controller", new Dictionary<string, string>
        {
            ["metadata_url"] = $"{server.Address}/api/v1/metadata",
            ["callback_url"] = $"{server.Address}/api/v1/callbacks",
            ["webhook_url"] = $"{server.Address}/webhooks",
            ["agent_url"] = $"{server.Address}/agent",
        });
        return server with { Token = token, ControllerId = controller.PropertyText("controller_id") };
    }

    private static async Task<JsonElement> CallAsync(
        HttpClient client,
        HttpMethod method,
        string path,
        Dictionary<string, string> body)
    {
        using var request = new HttpRequestMessage(method, path)
        {
            Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"),
        };
        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return response.StatusCode == HttpStatusCode.OK
            ? Json.ParseOrText(text)
            : throw new ScenarioException($"{method} {path} answered {(int)response.StatusCode}: {text}");
    }
}
