namespace Garm.Host.Logs;

/// <summary>Registers the log's stream.</summary>
internal static class LogStreamServices
{
    /// <summary>Adds the provider and <see cref="LogSocket"/> where the log is streamed, and nothing otherwise.</summary>
    public static void AddLogStream(this WebApplicationBuilder builder, LogOptions options)
    {
        if (!options.Stream) return;
        builder.Services.AddSingleton<LogStream>();
        builder.Services.AddSingleton<LogSocket>();
        builder.Services.AddSingleton<ILoggerProvider, LogStreamProvider>();
    }
}
