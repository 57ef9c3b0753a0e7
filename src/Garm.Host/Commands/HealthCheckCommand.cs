namespace Garm.Host.Commands;

/// <summary>
/// <c>check-health &lt;url&gt;</c>: requests a URL of a running hub, for images without another HTTP client.
/// </summary>
internal static class HealthCheckCommand
{
    /// <summary>The command's name.</summary>
    public const string Name = "check-health";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <summary>Returns 0 when the URL answers with success, 1 when it does not, 2 when the argument is not a URL.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter errors)
    {
        if (arguments.Count != 1 || !Uri.TryCreate(arguments[0], UriKind.Absolute, out var url) || !url.Scheme.StartsWith("http", StringComparison.Ordinal)
            || url.UserInfo != "")
        {
            await errors.WriteLineAsync($"garm: {Name} needs one URL without a user name, such as http://127.0.0.1:9997/healthz");
            return ExitCodes.WrongSetting;
        }

        try
        {
            using var client = new HttpClient { Timeout = Patience };
            using var response = await client.GetAsync(url);
            if (response.IsSuccessStatusCode) return ExitCodes.Ok;
            await errors.WriteLineAsync($"garm: {url} answers {(int)response.StatusCode}: {(await response.Content.ReadAsStringAsync()).Trim()}");
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            await errors.WriteLineAsync($"garm: {url} does not answer: {e.Message}");
        }

        return ExitCodes.Failed;
    }
}
