namespace Garm.Host.Logs;

/// <summary>Registers the log stream.</summary>
internal static class LogStreamServices
{
    /// <summary>Adds the provider and <see cref="LogSocket"/> if the setting is on.</summary>
    public static void AddLogStream(this WebApplicationBuilder builder, LogOptions options)
    {
        if (!options.Stream) return;
        builder.Services.AddSingleton<LogStream>();
        builder.Services.AddSingleton<LogSocket>();
        builder.Services.AddSingleton<ILoggerProvider, LogStreamProvider>();
    }
}
