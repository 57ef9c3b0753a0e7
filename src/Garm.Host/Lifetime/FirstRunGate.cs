using Garm.Data;
using Garm.Data.Controller;
using Garm.Data.Users;
using Garm.Host.Configuration;

namespace Garm.Host.Lifetime;

/// <summary>
/// Decides whether the first run is allowed. On a database without an administrator anyone may become the first one. When the data folder
/// belongs to a hub that had another database, the empty one is more likely an incomplete copy than a new hub.
/// </summary>
internal sealed class FirstRunGate(DataFolder folder, GarmSettings settings, IServiceScopeFactory scopes)
{
    /// <summary>Why the first run is refused, as a message; null when it is allowed.</summary>
    public string? Obstacle { get; private set; }

    /// <summary>Checks folder and database, once per start.</summary>
    public async Task DecideAsync(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var hasAdmin = await scope.ServiceProvider.GetRequiredService<UserStore>().HasAdminAsync(cancellation);
        var controller = await scope.ServiceProvider.GetRequiredService<ControllerStore>().GetAsync(cancellation);
        var id = controller.ControllerId.ToString();
        if (hasAdmin || settings.AllowFirstRunBesideSecrets || IsOwn(folder.History, id))
        {
            folder.Write(id);
            return;
        }

        Obstacle =
            $"The {EngineChoice.Describe(settings)} has no administrator, but the data folder {settings.DataDirectory} belongs to a hub that had "
            + "another database: the file may be an incomplete copy, or the setting points to the wrong one. The first run is refused. To go on "
            + "with the old database, stop, put it in its place and start; to begin with the empty one, start once with "
            + "Garm:AllowFirstRunBesideSecrets=true";
    }

    /// <summary>Throws when the first run is not allowed.</summary>
    /// <exception cref="GarmException">409.</exception>
    public void RequireOpen()
    {
        if (Obstacle is not null) throw GarmException.Conflict(Obstacle);
    }

    /// <summary>Whether a database without an administrator is the folder's own, or both are new.</summary>
    internal static bool IsOwn(FolderHistory history, string databaseId) =>
        history.DatabaseId is { } known ? known.Length == 0 || known == databaseId : !history.HasSecrets;
}
