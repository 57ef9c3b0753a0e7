using Garm.Data;
using Garm.Data.Sources;
using Garm.Host.Configuration;

namespace Garm.Host.Sources;

/// <summary>
/// Makes or updates the sources of the settings at each start. One of a name that is still being removed is made once it is gone.
/// The nodes find it by themselves: this runs before the actor system starts, so it must not depend on an actor.
/// </summary>
internal sealed class ConfiguredSources(
    GarmSettings settings, IServiceScopeFactory scopes, ILogger<ConfiguredSources> log) : BackgroundService
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    private readonly List<ConfiguredSource> _waiting = [];

    /// <summary>Sets them all, before the node is up.</summary>
    /// <exception cref="SettingException">A host is that of another source.</exception>
    public async Task ApplyAsync(CancellationToken cancellation)
    {
        foreach (var source in settings.Sources)
        {
            if (!await TrySetAsync(source, cancellation)) _waiting.Add(source);
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (_waiting.Count > 0)
        {
            await Task.Delay(Again, stoppingToken);
            foreach (var source in _waiting.ToList())
            {
                try
                {
                    if (await TrySetAsync(source, stoppingToken)) _waiting.Remove(source);
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    log.LogWarning("The source of {Key} cannot be set yet: {Reason}", source.Key, e.Message);
                }
            }
        }
    }

    private async Task<bool> TrySetAsync(ConfiguredSource source, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<SourceStore>();
        if (await store.IsLeavingAsync(source.Request.Name!, cancellation)) return false;
        try
        {
            await store.SetAsync(source.Request, cancellation);
            return true;
        }
        catch (GarmException e) when (e.Kind == RefusalKind.Conflict)
        {
            throw new SettingException($"{source.Key}:Hosts", e.Message, "host names that no other source has");
        }
    }
}
