using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace Garm.Host.Logs;

/// <summary>How the hub logs where the configuration says nothing.</summary>
internal static class LoggingDefaults
{
    /// <summary>Adds the levels, the format of the console and the filter of URLs.</summary>
    public static void AddGarmLogging(this WebApplicationBuilder builder)
    {
        // Used when the configuration sets no format. The formatter "systemd" needs none: the journal has the time.
        const string Time = "yyyy-MM-ddTHH:mm:ss.fffzzz";
        builder.Services.PostConfigure<SimpleConsoleFormatterOptions>(simple => simple.TimestampFormat ??= Time + " ");
        builder.Services.PostConfigure<JsonConsoleFormatterOptions>(json => json.TimestampFormat ??= Time);

        builder.Services.AddSingleton<IPostConfigureOptions<LoggerFilterOptions>, UrlLogFilter>();

        // The weakest source, so an operator can set a lower level; a filter in code could not be overridden.
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource
        {
            InitialData = new Dictionary<string, string?>
            {
                ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",

                // The hub itself logs which node does not answer; these lines are Akka's.
                ["Logging:LogLevel:Akka.Cluster"] = "Error",
                ["Logging:Console:FormatterName"] = "simple",
                ["Logging:Console:FormatterOptions:SingleLine"] = "true",

                // The answer names a request that could not be passed on, and the source's state says why.
                ["Logging:LogLevel:Yarp"] = "Error",

                // The failures that these log are also exceptions, which the handler logs once.
                ["Logging:LogLevel:Microsoft.EntityFrameworkCore"] = "Critical",
                ["Logging:LogLevel:Microsoft.Extensions.Hosting"] = "Critical",
            },
        });
    }
}
