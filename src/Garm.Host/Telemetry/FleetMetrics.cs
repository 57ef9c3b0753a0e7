using System.Globalization;
using Garm.Contracts.Entities;
using Garm.Data.Controller;
using Garm.Data.Entities;
using Garm.Data.Jobs;
using Garm.Data.Pools;
using Garm.Data.Providers;
using Garm.Data.Runners;
using Garm.Data.ScaleSets;

namespace Garm.Host.Telemetry;

/// <summary>
/// GARM's gauges of the fleet, built from the same queries as the REST API's lists. Long lists are read in pages; of a page only the
/// samples and the owners of its pools are kept.
/// </summary>
internal sealed class FleetMetrics(IServiceProvider services)
{
    /// <summary>Reads the fleet from the database and writes all gauges.</summary>
    public async Task WriteAsync(PrometheusText text, CancellationToken cancellation)
    {
        var filter = new EntityFilter(null, null, null);
        WriteHealth(text, await Store<ControllerStore>().GetAsync(cancellation));
        WriteEntities(
            text, GarmMetrics.RepositoryInfo, GarmMetrics.RepositoryManager,
            (await Store<RepositoryStore>().ListAsync(filter, cancellation)).Select(x => new Entity(x.Name, x.Id, x.PoolManagerStatus.Running)));
        WriteEntities(
            text, GarmMetrics.OrganizationInfo, GarmMetrics.OrganizationManager,
            (await Store<OrganizationStore>().ListAsync(filter, cancellation)).Select(x => new Entity(x.Name, x.Id, x.PoolManagerStatus.Running)));
        WriteEntities(
            text, GarmMetrics.EnterpriseInfo, GarmMetrics.EnterpriseManager,
            (await Store<EnterpriseStore>().ListAsync(filter, cancellation)).Select(x => new Entity(x.Name, x.Id, x.PoolManagerStatus.Running)));
        WriteProviders(text, Store<IProviderCatalog>().Providers);

        // An entity that was created during this read may lack its owner until the next read.
        var ofPools = new Dictionary<string, Owner>();
        var ofSets = new Dictionary<long, Owner>();
        await WritePoolsAsync(text, Store<PoolStore>().ListAsync(cancellation), ofPools);
        await WriteScaleSetsAsync(text, Store<ScaleSetStore>().ListAsync(cancellation), ofSets);
        await WriteRunnersAsync(text, Store<InstanceLists>().ListAsync(new InstanceListQuery(), cancellation), ofPools, ofSets);
        await WriteJobsAsync(text, Store<JobStore>().ListAsync(new JobListQuery(), cancellation));
    }

    private T Store<T>()
        where T : notnull => services.GetRequiredService<T>();

    private static void WriteHealth(PrometheusText text, ControllerView controller) => text.Begin(GarmMetrics.Health).Add(
        1, controller.MetadataUrl, controller.CallbackUrl, controller.WebhookUrl, controller.ControllerWebhookUrl, controller.ControllerId);

    private static void WriteEntities(PrometheusText text, MetricNote info, MetricNote manager, IEnumerable<Entity> entities)
    {
        var all = entities.ToList();
        var infos = text.Begin(info);
        foreach (var entity in all) infos.Add(1, entity.Name, entity.Id);
        var managers = text.Begin(manager);
        foreach (var entity in all) managers.Add(entity.Running ? 1 : 0, entity.Name, entity.Id, Text(entity.Running));
    }

    private static void WriteProviders(PrometheusText text, IReadOnlyList<ProviderInfo> providers)
    {
        var infos = text.Begin(GarmMetrics.ProviderInfo);
        foreach (var provider in providers) infos.Add(1, provider.Name, provider.Type, provider.Description);
    }

    /// <summary>Writes the gauges of pools, and records the owner of each.</summary>
    internal static async Task WritePoolsAsync(
        PrometheusText text, IAsyncEnumerable<IReadOnlyList<PoolView>> pages, Dictionary<string, Owner> owners)
    {
        var infos = text.Begin(GarmMetrics.PoolInfo);
        var statuses = text.Begin(GarmMetrics.PoolStatus);
        var most = text.Begin(GarmMetrics.PoolMaxRunners);
        var idle = text.Begin(GarmMetrics.PoolMinIdleRunners);
        var timeouts = text.Begin(GarmMetrics.PoolBootstrapTimeout);
        await foreach (var x in pages.SelectMany(x => x))
        {
            var owner = owners[x.Id!] = OwnerOf(x);
            infos.Add(
                1, x.Id, x.Image, x.Flavor, x.RunnerPrefix, x.OsType, x.OsArch, Text(x.Tags), x.ProviderName, owner.Name, owner.Type);
            statuses.Add(x.Enabled ? 1 : 0, x.Id, Text(x.Enabled));
            most.Add(x.MaxRunners, x.Id);
            idle.Add(x.MinIdleRunners, x.Id);
            timeouts.Add(x.RunnerBootstrapTimeout, x.Id);
        }
    }

    private static async Task WriteScaleSetsAsync(
        PrometheusText text, IAsyncEnumerable<IReadOnlyList<ScaleSetView>> pages, Dictionary<long, Owner> owners)
    {
        var infos = text.Begin(GarmMetrics.ScaleSetInfo);
        var statuses = text.Begin(GarmMetrics.ScaleSetStatus);
        var most = text.Begin(GarmMetrics.ScaleSetMaxRunners);
        var idle = text.Begin(GarmMetrics.ScaleSetMinIdleRunners);
        var desired = text.Begin(GarmMetrics.ScaleSetDesiredRunnerCount);
        var timeouts = text.Begin(GarmMetrics.ScaleSetBootstrapTimeout);
        await foreach (var x in pages.SelectMany(x => x))
        {
            var owner = owners[x.Id] = OwnerOf(x);
            infos.Add(
                1, Text(x.Id), Text(x.ScaleSetId), x.Name, x.Image, x.Flavor, x.RunnerPrefix, x.OsType, x.OsArch, Text(x.Tags),
                x.ProviderName, x.GithubRunnerGroup, owner.Name, owner.Type);
            statuses.Add(x.Enabled ? 1 : 0, Text(x.Id), Text(x.Enabled), x.State);
            most.Add(x.MaxRunners, Text(x.Id));
            idle.Add(x.MinIdleRunners, Text(x.Id));
            desired.Add(x.DesiredRunnerCount, Text(x.Id));
            timeouts.Add(x.RunnerBootstrapTimeout, Text(x.Id));
        }
    }

    /// <summary>Writes the gauge of runners.</summary>
    internal static async Task WriteRunnersAsync(
        PrometheusText text, IAsyncEnumerable<IReadOnlyList<InstanceView>> pages,
        IReadOnlyDictionary<string, Owner> ofPools, IReadOnlyDictionary<long, Owner> ofSets)
    {
        var statuses = text.Begin(GarmMetrics.RunnerStatus);
        await foreach (var x in pages.SelectMany(x => x))
        {
            var owner = x.ScaleSetId != 0 ? ofSets.GetValueOrDefault(x.ScaleSetId) : ofPools.GetValueOrDefault(x.PoolId ?? "");
            statuses.Add(
                1, x.Name, x.Status, x.RunnerStatus, owner.Name, owner.Type, x.PoolId, x.ScaleSetId == 0 ? "" : Text(x.ScaleSetId),
                x.ProviderName);
        }
    }

    private static async Task WriteJobsAsync(PrometheusText text, IAsyncEnumerable<IReadOnlyList<JobView>> pages)
    {
        var statuses = text.Begin(GarmMetrics.JobStatus);
        await foreach (var x in pages.SelectMany(x => x))
        {
            statuses.Add(
                1, Text(x.Id), Text(x.WorkflowJobId), x.ScaleSetJobId, Text(x.RunId), x.Name, x.Status, x.Conclusion, x.RunnerName,
                x.RepositoryOwner, x.RepositoryName, string.Join(' ', x.Labels));
        }
    }

    // A forge instance has no name except its endpoint's. GARM leaves the label empty for its pools.
    private static Owner OwnerOf(PoolView pool) => pool switch
    {
        { RepoId: not null } => new Owner(pool.RepoName, "repository"),
        { OrgId: not null } => new Owner(pool.OrgName, "organization"),
        { EnterpriseId: not null } => new Owner(pool.EnterpriseName, "enterprise"),
        _ => new Owner(pool.Endpoint.Name, "instance"),
    };

    private static Owner OwnerOf(ScaleSetView set) => set switch
    {
        { RepoId: not null } => new Owner(set.RepoName, "repository"),
        { OrgId: not null } => new Owner(set.OrgName, "organization"),
        _ => new Owner(set.EnterpriseName, "enterprise"),
    };

    private static string Text(bool flag) => flag ? "true" : "false";

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(IReadOnlyList<TagView>? tags) => string.Join(',', (tags ?? []).Select(x => x.Name));

    /// <summary>The owner of a pool or scale set, as the labels show it.</summary>
    internal readonly record struct Owner(string? Name, string? Type);

    private readonly record struct Entity(string? Name, string? Id, bool Running);
}
