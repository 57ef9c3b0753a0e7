using System.Text;
using Garm.TestUtilities;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Garm.Host.Tests.Hub;

/// <summary>
/// The real host in the tests' process: the same program without its <c>Main</c>. A new process would first compile the program again,
/// which takes ten times as long as the start. Tests of what belongs to a process (exit code, signals, output, memory, metrics) use
/// <see cref="RunningHost"/>.
/// </summary>
internal sealed class InProcessHost : TestHost
{
    private readonly LogText _log = new();
    private readonly string _folder;
    private readonly WebApplication _app;
    private Task _run = Task.CompletedTask;
    private bool _disposed;

    static InProcessHost()
    {
        foreach (string name in Environment.GetEnvironmentVariables().Keys)
            if (IsHostSetting(name)) Environment.SetEnvironmentVariable(name, null);
    }

    private InProcessHost(IDictionary<string, string?> settings)
    {
        _folder = Directory.CreateTempSubdirectory("garm-host-").FullName;
        string[] args =
        [
            "--applicationName=Garm.Host", $"--contentRoot={_folder}", "--urls=http://127.0.0.1:0",
            .. AllSettings(_folder, settings).Select(x => $"--{x.Key}={x.Value}"),
        ];
        _app = GarmApplication.Build(args, builder =>
        {
            builder.Services.Remove(builder.Services.Single(x => x.ImplementationType == typeof(ConsoleLoggerProvider)));
            builder.Logging.AddProvider(_log);

            // The framework's own would take Ctrl-C from the tests.
            builder.Services.Replace(ServiceDescriptor.Singleton<IHostLifetime, NoLifetime>());
        });
    }

    /// <inheritdoc />
    public override Uri BaseUrl => new(_app.Urls.First());

    /// <inheritdoc />
    public override string Output => _log.ToString();

    /// <inheritdoc />
    protected override bool HasEnded => _run.IsCompleted;

    /// <summary>Starts a host and waits until it is ready.</summary>
    /// <param name="settings">Configuration keys that override the defaults of the tests; a null removes one.</param>
    public static async Task<InProcessHost> StartAsync(IDictionary<string, string?> settings)
    {
        var host = new InProcessHost(settings);
        try
        {
            var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            host._app.Lifetime.ApplicationStarted.Register(started.SetResult);
            host._run = Task.Run(() => GarmApplication.RunToEndAsync(host._app));
            await (await Task.WhenAny(started.Task, host._run)).WaitAsync(StartTimeout);
            await host.WaitUntilReadyAsync();
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc />
    public override async Task StopAsync()
    {
        if (!_run.IsCompleted) _app.Lifetime.StopApplication();
        await _run;
    }

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        if (_disposed) return;
        _disposed = true;
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    /// <summary>The log in the format of the console.</summary>
    private sealed class LogText : ILoggerProvider
    {
        private readonly Lock _gate = new();
        private readonly StringBuilder _text = new();

        public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

        public void Dispose()
        {
        }

        public override string ToString()
        {
            lock (_gate) return _text.ToString();
        }

        private void Add(string line)
        {
            lock (_gate) _text.AppendLine(line);
        }

        private sealed class Logger(LogText text, string category) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

            public void Log<TState>(
                LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
                text.Add($"{NameOf(logLevel)}: {category}[{eventId.Id}] {formatter(state, exception)} {exception}");

            private static string NameOf(LogLevel level) => level switch
            {
                LogLevel.Trace => "trce",
                LogLevel.Debug => "dbug",
                LogLevel.Information => "info",
                LogLevel.Warning => "warn",
                LogLevel.Error => "fail",
                _ => "crit",
            };
        }
    }
}
