using System.Globalization;
using Garm.Contracts;
using Garm.Contracts.Events;
using Garm.Data.ChangeLog;
using Garm.Data.Controller;
using Garm.Data.Credentials;
using Garm.Data.Endpoints;
using Garm.Data.Entities;
using Garm.Data.Files;
using Garm.Data.Jobs;
using Garm.Data.Leases;
using Garm.Data.Model;
using Garm.Data.Nodes;
using Garm.Data.Pools;
using Garm.Data.Proxies;
using Garm.Data.Runners;
using Garm.Data.ScaleSets;
using Garm.Data.Secrets;
using Garm.Data.States;
using Garm.Data.Templates;
using Garm.Data.Users;
using Garm.Data.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Garm.Data;

/// <summary>Converts the changes of one entity type into events.</summary>
/// <param name="ClrType">The entity's class.</param>
/// <param name="EntityType">The events' type.</param>
/// <param name="IdOf">The entity's key as text.</param>
/// <param name="LoadAsync">Loads the navigations that the views need.</param>
/// <param name="View">The payload of a creation and an update.</param>
/// <param name="DeletedView">The payload of a deletion.</param>
/// <param name="KeysAsync">Reads the keys of all entities.</param>
/// <param name="FindAsync">Reads the entities with these keys, tracked.</param>
internal sealed record WatchedEntity(
    Type ClrType,
    EntityType EntityType,
    Func<object, string> IdOf,
    Func<EntityEntry, CancellationToken, Task> LoadAsync,
    Func<object, object> View,
    Func<object, object> DeletedView,
    Func<GarmDbContext, CancellationToken, Task<IReadOnlyList<object>>> KeysAsync,
    Func<GarmDbContext, IReadOnlyList<object>, CancellationToken, Task<IReadOnlyList<object>>> FindAsync);

/// <summary>
/// Every entity type whose changes are events. A test fails for a type of the model that is neither here, nor a child of one,
/// nor in <see cref="Unwatched"/>, so no new table can be forgotten.
/// </summary>
internal static class WatchedEntities
{
    private static readonly Dictionary<Type, WatchedEntity> ByType = new WatchedEntity[]
    {
        Watch<ControllerInfo>(EntityType.Controller, x => x.Id.ToString("D"), [], x => x.ToView(GarmVersion.Text)),
        Watch<User>(EntityType.User, x => x.Id.ToString("D"), [], x => x.ToView()),
        Watch<ForgeEndpoint>(
            EntityType.GithubEndpoint, x => x.Name, [], x => x.ToView(), x => x.ToDeletedView()),
        Watch<GithubCredentials>(
            EntityType.GithubCredentials, x => Number(x.Id), [nameof(ForgeCredentials.Endpoint)], x => x.ToView(),
            x => x.ToDeletedView()),
        Watch<GiteaCredentials>(
            EntityType.GiteaCredentials, x => Number(x.Id), [nameof(ForgeCredentials.Endpoint)], x => x.ToView(),
            x => x.ToDeletedView()),
        Watch<Repository>(EntityType.Repository, x => x.Id.ToString("D"), RunnerEntityNavigations, x => x.ToView()),
        Watch<Organization>(EntityType.Organization, x => x.Id.ToString("D"), RunnerEntityNavigations, x => x.ToView()),
        Watch<Enterprise>(EntityType.Enterprise, x => x.Id.ToString("D"), RunnerEntityNavigations, x => x.ToView()),
        Watch<ForgeInstance>(EntityType.ForgeInstance, x => x.Id.ToString("D"), RunnerEntityNavigations, x => x.ToView()),
        Watch<Pool>(
            EntityType.Pool, x => x.Id.ToString("D"),
            [
                "Tags.Tag", nameof(Pool.Template), nameof(Pool.Proxy), "Repository.Endpoint", "Organization.Endpoint",
                "Enterprise.Endpoint", "ForgeInstance.Endpoint", nameof(Pool.Instances),
            ],
            x => x.ToView(), x => x.ToDeletedView()),
        Watch<ScaleSet>(
            EntityType.ScaleSet, x => Number(x.Id),
            [
                "Tags.Tag", nameof(ScaleSet.Template), nameof(ScaleSet.Proxy), "Repository.Endpoint", "Organization.Endpoint",
                "Enterprise.Endpoint", nameof(ScaleSet.Instances),
            ],
            x => x.ToView(), x => x.ToDeletedView()),
        Watch<Instance>(
            EntityType.Instance, x => x.Id.ToString("D"),
            [
                nameof(Instance.Addresses), nameof(Instance.StatusMessages), nameof(Instance.Job), nameof(Instance.Pool),
                nameof(Instance.ScaleSet),
            ],
            x => x.ToView(), x => x.ToDeletedView(),
            (db, instance, cancellation) => JobOwners.MarkGoneAsync(db, instance.Job is { } job ? [job] : [], cancellation)),
        Watch<Job>(
            EntityType.Job, x => Number(x.Id), [nameof(Job.Runners)], x => x.ToView(),
            loadMore: (db, job, cancellation) => JobOwners.MarkGoneAsync(db, [job], cancellation)),
        Watch<Proxy>(EntityType.Proxy, x => Number(x.Id), [], x => x.ToView(), x => x.ToDeletedView()),
        Watch<Template>(
            EntityType.Template, x => Number(x.Id), [nameof(Template.Owner)], x => x.ToView(), x => x.ToDeletedView()),
        Watch<FileObject>(EntityType.FileObject, x => Number(x.Id), [nameof(FileObject.Tags)], x => x.ToView()),
    }.ToDictionary(x => x.ClrType);

    /// <summary>Every watched entity type.</summary>
    public static IReadOnlyCollection<WatchedEntity> All => ByType.Values;

    /// <summary>Types of the model whose changes are not events, each with the reason.</summary>
    public static IReadOnlyDictionary<Type, string> Unwatched { get; } = new Dictionary<Type, string>
    {
        [typeof(Tag)] = "a tag is visible only in its pools and scale sets",
        [typeof(WebhookDelivery)] = "only detects repeated deliveries",
        [typeof(WebhookOutcome)] = "a bounded list for operators",
        [typeof(ForgeCredentials)] = "abstract: each kind of credentials is watched separately",
        [typeof(FileContent)] = "a content is visible only in its file object, and does not change after that",
        [typeof(FileChunk)] = "a part of a content",
        [typeof(ChangeLogEntry)] = "the log itself",
        [typeof(ChangeLogHead)] = "the log's head",
        [typeof(CurrentState)] = "the log, compacted",
        [typeof(SnapshotHold)] = "limits retention on this database",
        [typeof(Lease)] = "coordinates the nodes",
        [typeof(SealedKey)] = "the keys of secrets, which no payload shows",
        [typeof(Source)] = "an operator's settings; GARM's events have no type for it",
        [typeof(SourceHost)] = "a setting of a source",
        [typeof(SourceStatus)] = "how the mirroring of a source goes",
        [typeof(ClusterNode)] = "coordinates the nodes",
    };

    private static string[] RunnerEntityNavigations => ["Credentials.Endpoint", nameof(RunnerEntity.Endpoint)];

    /// <summary>The entry for a class; null when its changes are not events.</summary>
    public static WatchedEntity? Find(Type clrType) => ByType.GetValueOrDefault(clrType);

    private static WatchedEntity Watch<T>(
        EntityType type, Func<T, string> id, string[] paths, Func<T, object> view, Func<T, object>? deletedView = null,
        Func<GarmDbContext, T, CancellationToken, Task>? loadMore = null)
        where T : class, IWatchedEntity =>
        new(
            typeof(T), type, x => id((T)x), (entry, cancellation) => LoadAsync(entry, paths, loadMore, cancellation),
            x => view((T)x), x => (deletedView ?? view)((T)x), EntityPages.KeysAsync<T>, EntityPages.FindAsync<T>);

    private static async Task LoadAsync<T>(
        EntityEntry entry, string[] paths, Func<GarmDbContext, T, CancellationToken, Task>? loadMore,
        CancellationToken cancellation)
    {
        await LoadPathsAsync(entry, paths, cancellation).ConfigureAwait(false);
        if (loadMore is not null)
            await loadMore((GarmDbContext)entry.Context, (T)entry.Entity, cancellation).ConfigureAwait(false);
    }

    private static async Task LoadPathsAsync(EntityEntry entry, string[] paths, CancellationToken cancellation)
    {
        foreach (var path in paths)
            await LoadPathAsync(entry, path.Split('.'), cancellation).ConfigureAwait(false);
    }

    private static async Task LoadPathAsync(EntityEntry entry, ReadOnlyMemory<string> path, CancellationToken cancellation)
    {
        if (path.IsEmpty) return;
        var navigation = entry.Navigation(path.Span[0]);
        var known = navigation is CollectionEntry ? navigation.IsLoaded : navigation.CurrentValue is not null;
        if (!known) await navigation.LoadAsync(cancellation).ConfigureAwait(false);

        var targets = navigation.CurrentValue switch
        {
            null => [],
            System.Collections.IEnumerable many => many.Cast<object>().ToList(),
            var one => [one],
        };
        foreach (var target in targets)
            await LoadPathAsync(entry.Context.Entry(target), path[1..], cancellation).ConfigureAwait(false);
    }

    private static string Number(long id) => id.ToString(CultureInfo.InvariantCulture);
}
