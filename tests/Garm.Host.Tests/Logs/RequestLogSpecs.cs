using Garm.Host.Logs;

namespace Garm.Host.Tests.Logs;

/// <summary>Operators turn the log of requests on by its category, so that it is a setting's key.</summary>
public sealed class RequestLogSpecs
{
    [Fact]
    public void TheCategory_IsTheOneThatTheDocumentNames() => Assert.Contains(
        $"`Logging:LogLevel:{RequestLog.Category}=Debug`", File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "configuration.md")), StringComparison.Ordinal);
}
