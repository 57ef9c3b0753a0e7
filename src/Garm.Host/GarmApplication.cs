using System.Net.Sockets;
using Akka.Configuration;
using Akka.Hosting;
using Garm.Actors.Hosting;
using Garm.Actors.Sessions;
using Garm.Actors.Sources;
using Garm.Data;
using Garm.Data.ChangeLog;
using Garm.Data.Engines;
using Garm.Data.Providers;
using Garm.Data.Secrets;
using Garm.Data.Sqlite;
using Garm.Data.Writes;
using Garm.Host.Api;
using Garm.Host.Authentication;
using Garm.Host.Configuration;
using Garm.Host.Events;
using Garm.Host.Fronts;
using Garm.Host.Health;
using Garm.Host.Http;
using Garm.Host.Lifetime;
using Garm.Host.Limits;
using Garm.Host.Logs;
using Garm.Host.Maintenance;
using Garm.Host.OpenApi;
using Garm.Host.Sources;
using Garm.Host.Telemetry;
using Garm.Host.Ui;
using Garm.Host.Webhooks;
using Garm.Host.WebSockets;
using Garm.Log;
using Garm.WebConsole.Access;
using Garm.WebConsole.Hosting;

namespace Garm.Host;

/// <summary>Builds the hub's application.</summary>
internal static class GarmApplication
{
    private const string DefaultUrl = "http://127.0.0.1:9997";

    /// <summary>Runs the hub until it is asked to stop.</summary>
    /// <exception cref="SettingException">A setting is wrong.</exception>
    /// <exception cref="StartException">It cannot start for another reason.</exception>
    public static Task RunAsync(string[] args) => RunToEndAsync(Build(args));

    /// <inheritdoc cref="RunAsync(string[])"/>
    internal static async Task RunToEndAsync(WebApplication app)
    {
        var engine = app.Services.GetRequiredService<DatabaseEngine>();
        try
        {
            var settings = app.Services.GetRequiredService<GarmSettings>();
            using var use = FolderUse.TryBegin(settings.DataDirectory);
            if (use is null && settings.Cluster.Hostname is null)
            {
                app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(FolderUse).FullName!).LogWarning(
                    HostLogEvents.FolderInUse,
                    "Another hub uses the folder {Folder}. Nodes of one cluster may share it (Garm:Cluster:Hostname); otherwise stop one of them",
                    settings.DataDirectory);
            }

            await using (app) await RunAsync(app);
        }
        finally
        {
            // After all users of the database have stopped: SQLite then leaves one complete file.
            (engine as IDisposable)?.Dispose();
            if (engine is SqliteEngine { IsWhole: false } sqlite)
            {
                await Console.Error.WriteLineAsync(
                    $"garm: {sqlite.File} is not complete: the rest is in {sqlite.File}-wal (the disk is full, or another process has the file in use). "
                    + "Copy both files together; the next start completes the first");
            }
        }
    }

    /// <inheritdoc cref="RunAsync(string[])"/>
    internal static async Task RunAsync(WebApplication app)
    {
        await ClusterPort.CheckAsync(app.Services.GetRequiredService<GarmSettings>().Cluster);
        await DatabaseStart.PrepareAsync(app);
        try
        {
            await StartAsync(app);
        }
        catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // The stop was requested during the start.
            await StopWhatStartedAsync(app);
            return;
        }
        catch
        {
            await StopWhatStartedAsync(app);
            throw;
        }

        await app.WaitForShutdownAsync();
    }

    // Stop in order what has started: the actors would otherwise use a disposed container.
    private static async Task StopWhatStartedAsync(WebApplication app)
    {
        try
        {
            await app.StopAsync();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The server cannot stop what it could not start; the error to report is the one of the start.
        }
    }

    private static async Task StartAsync(WebApplication app)
    {
        try
        {
            await app.StartAsync();
        }
        catch (InvalidOperationException e) when (e.Message.Contains("HTTPS", StringComparison.Ordinal))
        {
            throw new SettingException("Urls", "there is no certificate for HTTPS", "http URLs, or Kestrel:Certificates:Default:Path with a certificate");
        }
        catch (SocketException e)
        {
            var where = HasEndpoints(app.Configuration) ? "an address of Kestrel:Endpoints" : app.Configuration["Urls"];
            throw new StartException($"the hub cannot listen on {where}: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or FormatException or UnauthorizedAccessException or ArgumentException or ConfigurationException)
        {
            if (e is IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException })
            {
                throw new StartException(
                    $"{e.Message.TrimEnd('.')}: another program, or another hub, listens there. Stop it, or choose another address with --urls", e);
            }

            // A HOCON file with invalid syntax or a wrong value.
            throw new StartException(e.Message, e);
        }
    }

    /// <summary>The application, built but not started.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="configure">Replaces services, for tests; null for none.</param>
    internal static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        // Settings are read once. Watching their files would also watch the data folder, which changes at every write.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = ["--hostBuilder:reloadConfigOnChange=false", .. args],
            WebRootPath = ConsoleServices.WebRoot,
        });
        builder.Configuration.AddSecretsDirectory();
        var settings = SettingsReader.Read(builder.Configuration);
        CreateDataDirectory(settings);
        var folder = DataFolder.Open(settings.DataDirectory);
        ListenOnDefault(builder);

        builder.AddGarmLogging();
        builder.Services.AddSystemdNotification();
        builder.AddLogStream(settings.Log);
        var pending = new PendingConnections(
            settings.EventSocket.HandshakeTimeout, settings.MaxPendingConnections, TimeProvider.System);
        builder.Services.AddSingleton(pending);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.RequestHeadersTimeout = settings.EventSocket.HandshakeTimeout;
            kestrel.ConfigureHttpsDefaults(https => https.HandshakeTimeout = settings.EventSocket.HandshakeTimeout);
            kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Use(pending.Before));

            kestrel.ResponseHeaderEncodingSelector = HeaderEncodings.Of;
        });

        builder.WebHost.UseConsoleFiles();

        // A session's send continues to the socket on the session's own thread, instead of through two more queues.
        builder.WebHost.UseSockets(sockets => sockets.UnsafePreferInlineScheduling = true);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(settings.Sessions);
        builder.Services.AddSingleton(folder);
        builder.Services.AddSingleton(new SecretsOptions(settings.AllowUnreadableSecrets));
        builder.Services.AddSingleton<FirstRunGate>();
        builder.Services.AddGarmData(EngineChoice.EngineOf(settings));
        builder.Services.AddScoped<CursorHeader>();
        builder.Services.AddScoped<IWriteObserver>(provider => provider.GetRequiredService<CursorHeader>());
        builder.Services.AddGarmSecrets(settings);
        builder.Services.AddSingleton<IProviderCatalog>(new ProviderCatalog(settings.Providers));
        builder.Services.AddGarmActors(
            ActorSettings.Options(settings), (akka, provider) => akka.AddHostLog(provider.GetRequiredService<ILoggerFactory>()));
        builder.Services.AddSingleton(settings.Retention);
        builder.Services.AddSingleton<IChangeLogPruner, ChangeLogPruner>();
        builder.Services.AddSingleton<CallerAuthentication>();
        builder.Services.AddSingleton<CookieWrites>();
        builder.Services.AddSingleton<ISessionTokens, SessionTokens>();
        builder.Services.AddSingleton(_ => new LoginLimiter(settings.Login));
        builder.Services.AddTelemetry(settings.Metrics);
        builder.Services.AddSingleton<RunnerAuthentication>();
        builder.Services.AddEventSocket(settings.EventSocket, new OriginPolicy(settings.AllowedOrigins));
        builder.Services.AddSingleton(settings.Files);
        builder.Services.AddSingleton<WriteReadiness>();
        builder.Services.AddSingleton<CrossOrigin>();
        builder.Services.AddSingleton<Readiness>();
        builder.Services.AddSingleton<FilePermissions>();
        builder.Services.AddSingleton<WebhookDeliveryLog>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<WebhookDeliveryLog>());
        builder.Services.AddHostedService<FileSweeper>();
        builder.Services.AddSingleton(settings.Jobs);
        builder.Services.AddHostedService<JobSweeper>();
        builder.Services.AddSingleton<ISourceConnector, SourceConnector>();
        builder.Services.AddSingleton<SourceChange>();
        builder.Services.AddFronts();
        builder.Services.AddSingleton<ConfiguredSources>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<ConfiguredSources>());
        builder.Services.AddHostedService<Welcome>();
        builder.Services.AddHostedService<SessionDrain>();
        builder.Services.AddApiDescription();
        builder.Services.AddSingleton<IConsoleAccess, HubConsoleAccess>();
        builder.Services.AddConsole();
        configure?.Invoke(builder);

        var app = builder.Build();
        app.Use(PendingConnections.OnRequest);
        app.UseMiddleware<RequestLog>();
        app.UseMiddleware<FrontRouting>();
        app.UseMiddleware<OptionsAnswers>();
        app.UseConsole();
        app.UseRouting();
        app.UseMiddleware<ApiGate>();
        app.MapRoot();
        app.MapMetrics(settings.Metrics);
        app.MapHealth();
        app.MapGarmApi();
        app.MapWebhooks();
        app.MapApiDescription();
        app.MapEventSchema();
        app.MapFallback("{*path}", ApiResponses.PageNotFoundAsync);
        return app;
    }

    private static void ListenOnDefault(WebApplicationBuilder builder)
    {
        if (string.IsNullOrEmpty(builder.Configuration["Urls"]) && !HasEndpoints(builder.Configuration))
            builder.WebHost.UseUrls(DefaultUrl);
    }

    private static bool HasEndpoints(IConfiguration configuration) => configuration.GetSection("Kestrel:Endpoints").Exists();

    private static void CreateDataDirectory(GarmSettings settings)
    {
        try
        {
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(settings.DataDirectory);
            else Directory.CreateDirectory(settings.DataDirectory, OwnerOnly.Folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingException("Garm:DataDirectory", $"\"{settings.DataDirectory}\" cannot be created ({e.Message})", "a writable folder");
        }
    }

    private static void AddGarmSecrets(this IServiceCollection services, GarmSettings settings)
    {
        var passphrase = GeneratedSecrets.Resolve("Garm:Secrets:Passphrase", settings.Passphrase, settings.DataDirectory, GeneratedSecrets.PassphraseFile);
        var jwtSecret = GeneratedSecrets.Resolve("Garm:Jwt:Secret", settings.Jwt.Secret, settings.DataDirectory, GeneratedSecrets.JwtSecretFile);
        services.AddSingleton(_ => new SecretSealer(passphrase, settings.PreviousPassphrases));
        services.AddSingleton(provider =>
            new TokenService(jwtSecret, settings.Jwt.TimeToLive, provider.GetRequiredService<TimeProvider>(), settings.Jwt.PreviousSecrets));
    }
}
