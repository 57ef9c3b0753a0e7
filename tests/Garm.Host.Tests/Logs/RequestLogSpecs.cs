using Garm.Host.Logs;

namespace Garm.Host.Tests.Logs;

/// <summary>The category of the request log is part of a documented setting.</summary>
public sealed class RequestLogSpecs
{
    [Fact]
    public void TheCategory_IsTheOneThatTheDocumentNames() => Assert.Contains(
        $"`Logging:LogLevel:{RequestLog.Category}=Debug`", File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "configuration.md")), StringComparison.Ordinal);
}
