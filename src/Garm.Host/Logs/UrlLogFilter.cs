using Microsoft.Extensions.Options;

namespace Garm.Host.Logs;

/// <summary>
/// Keeps the framework's lines out of the log that repeat a request's query or its first line: a query may hold a token, since
/// clients put one there by mistake. No setting turns them on; <see cref="RequestLog"/> tells of requests without it.
/// </summary>
internal sealed class UrlLogFilter : IPostConfigureOptions<LoggerFilterOptions>
{
    /// <summary>What writes a request's URL below a warning: the host of each request, the server of those that are no HTTP.</summary>
    private static readonly string[] Categories =
        ["Microsoft.AspNetCore.Hosting.Diagnostics", "Microsoft.AspNetCore.Server.Kestrel.BadRequests"];

    /// <inheritdoc />
    public void PostConfigure(string? name, LoggerFilterOptions options)
    {
        foreach (var category in Categories)
        {
            // A rule of a longer name, or of one provider, would win over one that is only last.
            var others = options.Rules.Where(x => x.CategoryName?.StartsWith(category, StringComparison.OrdinalIgnoreCase) == true).ToList();
            foreach (var rule in others) options.Rules.Remove(rule);
            var providers = options.Rules.Select(x => x.ProviderName).Append(null).Distinct().ToList();
            foreach (var provider in providers) options.Rules.Add(new LoggerFilterRule(provider, category, LogLevel.Warning, null));
        }
    }
}
