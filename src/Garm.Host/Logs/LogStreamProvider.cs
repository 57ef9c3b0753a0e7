namespace Garm.Host.Logs;

/// <summary>
/// Sends log records to the <see cref="LogStream"/>, in addition to the console. Its levels are those of <c>Logging:LogLevel</c>, or
/// of <c>Logging:Stream:LogLevel</c> if these are set.
/// </summary>
[ProviderAlias("Stream")]
internal sealed class LogStreamProvider(LogStream stream, TimeProvider clock) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, stream, clock);

    public void Dispose()
    {
    }

    private sealed class Logger(string category, LogStream stream, TimeProvider clock) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None && stream.HasFollowers;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                stream.Write(LogRecord.Encode(clock.GetUtcNow(), logLevel, category, state, exception, formatter(state, exception)));
        }
    }
}
