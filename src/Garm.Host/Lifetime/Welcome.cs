using Garm.Data.Users;
using Garm.Host.Configuration;
using Garm.Host.Logs;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Garm.Host.Lifetime;

/// <summary>Logs the address when the hub listens, and what to do next.</summary>
internal sealed class Welcome(
    IServer server, IServiceScopeFactory scopes, GarmSettings settings, FirstRunGate firstRun, FilePermissions files,
    IHostApplicationLifetime lifetime, ILogger<Welcome> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var whenStarted = lifetime.ApplicationStarted.Register(started.SetResult);
        using var whenStopping = stoppingToken.Register(() => started.TrySetCanceled(stoppingToken));
        try
        {
            await started.Task;
            await SayAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // The stop was requested during the start.
        }
    }

    private async Task SayAsync(CancellationToken cancellation)
    {
        var url = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "";
        logger.LogInformation(HostLogEvents.Ready, "Garm is up on {Url}, data in {DataDirectory}", url, settings.DataDirectory);

        foreach (var key in settings.Unknown)
            logger.LogWarning(HostLogEvents.UnknownSetting, "{Key} is not a setting of the hub and has no effect; docs/configuration.md lists the settings", key);

        foreach (var warning in files.Warnings) logger.LogWarning(HostLogEvents.FilesReadable, "{Warning}", warning);

        if (firstRun.Obstacle is { } obstacle)
        {
            logger.LogWarning(HostLogEvents.FirstRunClosed, "{Obstacle}", obstacle);
            return;
        }

        await using var scope = scopes.CreateAsyncScope();
        if (await scope.ServiceProvider.GetRequiredService<UserStore>().HasAdminAsync(cancellation))
        {
            logger.LogInformation(HostLogEvents.Ready, "Watch the fleet: garmctl watch instance, garmctl debug-events");
        }
        else
        {
            logger.LogInformation(
                HostLogEvents.Ready,
                "Create the admin: open {Url}/ui in a browser, or garmctl init --url {InitUrl} --username admin --email you@example.com; "
                + "then watch events: garmctl debug-events (garmctl is 'dotnet run --project src/Garm.Cli --' in a checkout)",
                url, url);
        }
    }
}
