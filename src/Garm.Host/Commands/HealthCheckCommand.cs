namespace Garm.Host.Commands;

/// <summary>
/// <c>check-health &lt;url&gt;</c>: asks a running hub, for images that have no other program to ask with.
/// </summary>
internal static class HealthCheckCommand
{
    /// <summary>The first argument that asks for it.</summary>
    public const string Name = "check-health";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <summary>0 when the URL is answered with success, 1 when it is not, 2 when there is no such URL.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter errors)
    {
        if (arguments.Count != 1 || !Uri.TryCreate(arguments[0], UriKind.Absolute, out var url) || !url.Scheme.StartsWith("http", StringComparison.Ordinal)
            || url.UserInfo != "")
        {
            await errors.WriteLineAsync($"garm: {Name} wants one URL without a user name, such as http://127.0.0.1:9997/healthz");
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
