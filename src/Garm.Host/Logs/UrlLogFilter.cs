using Microsoft.Extensions.Options;

namespace Garm.Host.Logs;

/// <summary>
/// Suppresses the framework's log lines that repeat a request's query or first line, because clients may put a token into the query
/// by mistake. No setting turns them on; <see cref="RequestLog"/> logs requests without the query.
/// </summary>
internal sealed class UrlLogFilter : IPostConfigureOptions<LoggerFilterOptions>
{
    /// <summary>The categories that log a URL below Warning: the host's, for each request, and the server's, for invalid HTTP.</summary>
    private static readonly string[] Categories =
        ["Microsoft.AspNetCore.Hosting.Diagnostics", "Microsoft.AspNetCore.Server.Kestrel.BadRequests"];

    /// <inheritdoc />
    public void PostConfigure(string? name, LoggerFilterOptions options)
    {
        foreach (var category in Categories)
        {
            // A rule for a longer name, or for one provider, would override a rule that is only the last one.
            var others = options.Rules.Where(x => x.CategoryName?.StartsWith(category, StringComparison.OrdinalIgnoreCase) == true).ToList();
            foreach (var rule in others) options.Rules.Remove(rule);
            var providers = options.Rules.Select(x => x.ProviderName).Append(null).Distinct().ToList();
            foreach (var provider in providers) options.Rules.Add(new LoggerFilterRule(provider, category, LogLevel.Warning, null));
        }
    }
}
