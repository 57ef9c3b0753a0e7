using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Event;
using Akka.Hosting.Logging;
using Garm.Actors.Telemetry;
using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Garm.Actors.Tests.Telemetry;

/// <summary>Akka's log as an operator reads it: each record once, and no warnings about expected events.</summary>
public sealed class HostLoggerSpecs : IAsyncLifetime
{
    private static readonly Type EndOfAConnection =
        typeof(Akka.Remote.RemoteActorRefProvider).Assembly.GetType("Akka.Remote.EndpointDisassociatedException", throwOnError: true)!;

    private readonly Lines _lines = new();
    private readonly ILoggerFactory _factory;
    private readonly ActorSystem _system;

    public HostLoggerSpecs()
    {
        _factory = LoggerFactory.Create(logging => logging.AddProvider(_lines));
        _system = ActorSystem.Create("logged", ActorSystemSetup.Create(
            new LoggerFactorySetup(_factory),
            BootstrapSetup.Create().WithConfig(ConfigurationFactory.ParseString(
                $"""akka.loggers = ["{typeof(HostLogger).AssemblyQualifiedName}"]"""))));
    }

    private ILoggingAdapter Log => Logging.GetLogger(_system, "the-source");

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _system.Terminate();
        _factory.Dispose();
    }

    [Fact]
    public async Task ALine_ShouldTellItsSourceAndMessage_AndNothingThatTheHostTells()
    {
        Log.Warning("{0} is slow", "it");

        Assert.Equal(("Akka", LogLevel.Warning, "[the-source (akka://logged)] it is slow", null), await LineAsync("is slow"));
    }

    [Fact]
    public async Task AnError_ShouldKeepItsException_OutsideItsText()
    {
        var cause = new InvalidOperationException("why");

        Log.Error(cause, "it failed");

        Assert.Equal(("Akka", LogLevel.Error, "[the-source (akka://logged)] it failed", cause), await LineAsync("it failed"));
    }

    [Fact]
    public async Task AnExceptionWithinAMessage_ShouldKeepItsTrace()
    {
        Log.Warning("it ended: [{0}]", Thrown());

        Assert.Contains(nameof(Thrown), (await LineAsync("it ended")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheEndOfAConnection_ShouldBeAWarningWithoutATrace()
    {
        Log.Error(EndOfConnection(), "Disassociated");
        Log.Warning("Association with {0} has failed. Reason is: [{1}]", "a node", EndOfConnection());

        Assert.Equal(("Akka", LogLevel.Warning, "[the-source (akka://logged)] Disassociated", null), await LineAsync("] Disassociated"));
        Assert.Equal(
            "[the-source (akka://logged)] Association with a node has failed. Reason is: [Disassociated]", (await LineAsync("Association")).Text);
    }

    [Fact]
    public async Task AMalformedMessage_ShouldStillBeTold()
    {
        Log.Warning("{0} and {7} are malformed", "one");

        Assert.Equal(LogLevel.Warning, (await LineAsync("are malformed")).Level);
    }

    private static Exception Thrown()
    {
        try
        {
            throw new InvalidOperationException("why");
        }
        catch (InvalidOperationException e)
        {
            return e;
        }
    }

    private static Exception EndOfConnection() => (Exception)Activator.CreateInstance(EndOfAConnection, "Disassociated")!;

    private async Task<(string Category, LogLevel Level, string Text, Exception? Exception)> LineAsync(string part)
    {
        await TestUtilities.Retry.UntilAsync(
            $"a line with \"{part}\"", () => Task.FromResult(_lines.All.Any(x => x.Text.Contains(part, StringComparison.Ordinal))), TimeSpan.FromSeconds(20));
        return Assert.Single(_lines.All, x => x.Text.Contains(part, StringComparison.Ordinal));
    }

    private sealed class Lines : ILoggerProvider
    {
        public ConcurrentQueue<(string Category, LogLevel Level, string Text, Exception? Exception)> All { get; } = new();

        public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

        public void Dispose()
        {
        }

        private sealed class Logger(Lines lines, string category) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(
                LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
                lines.All.Enqueue((category, logLevel, formatter(state, exception), exception));
        }
    }
}
