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

/// <summary>The fleet as GARM's gauges show it, made of what the REST API lists.</summary>
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

        var pools = await Store<PoolStore>().ListAsync(cancellation);
        var sets = await Store<ScaleSetStore>().ListAsync(cancellation);
        WritePools(text, pools);
        WriteScaleSets(text, sets);
        WriteRunners(text, await WholeAsync(Store<InstanceLists>().ListAsync(new InstanceListQuery(), cancellation), cancellation), pools, sets);
        WriteJobs(text, await WholeAsync(Store<JobStore>().ListAsync(new JobListQuery(), cancellation), cancellation));
    }

    private T Store<T>()
        where T : notnull => services.GetRequiredService<T>();

    private static async Task<IReadOnlyList<T>> WholeAsync<T>(IAsyncEnumerable<IReadOnlyList<T>> pages, CancellationToken cancellation) =>
        await pages.SelectMany(x => x).ToListAsync(cancellation);

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

    private static void WritePools(PrometheusText text, IReadOnlyList<PoolView> pools)
    {
        var infos = text.Begin(GarmMetrics.PoolInfo);
        foreach (var x in pools)
        {
            var owner = OwnerOf(x);
            infos.Add(
                1, x.Id, x.Image, x.Flavor, x.RunnerPrefix, x.OsType, x.OsArch, Text(x.Tags), x.ProviderName, owner.Name, owner.Type);
        }

        var statuses = text.Begin(GarmMetrics.PoolStatus);
        foreach (var x in pools) statuses.Add(x.Enabled ? 1 : 0, x.Id, Text(x.Enabled));
        var most = text.Begin(GarmMetrics.PoolMaxRunners);
        foreach (var x in pools) most.Add(x.MaxRunners, x.Id);
        var idle = text.Begin(GarmMetrics.PoolMinIdleRunners);
        foreach (var x in pools) idle.Add(x.MinIdleRunners, x.Id);
        var timeouts = text.Begin(GarmMetrics.PoolBootstrapTimeout);
        foreach (var x in pools) timeouts.Add(x.RunnerBootstrapTimeout, x.Id);
    }

    private static void WriteScaleSets(PrometheusText text, IReadOnlyList<ScaleSetView> sets)
    {
        var infos = text.Begin(GarmMetrics.ScaleSetInfo);
        foreach (var x in sets)
        {
            var owner = OwnerOf(x);
            infos.Add(
                1, Text(x.Id), Text(x.ScaleSetId), x.Name, x.Image, x.Flavor, x.RunnerPrefix, x.OsType, x.OsArch, Text(x.Tags),
                x.ProviderName, x.GithubRunnerGroup, owner.Name, owner.Type);
        }

        var statuses = text.Begin(GarmMetrics.ScaleSetStatus);
        foreach (var x in sets) statuses.Add(x.Enabled ? 1 : 0, Text(x.Id), Text(x.Enabled), x.State);
        var most = text.Begin(GarmMetrics.ScaleSetMaxRunners);
        foreach (var x in sets) most.Add(x.MaxRunners, Text(x.Id));
        var idle = text.Begin(GarmMetrics.ScaleSetMinIdleRunners);
        foreach (var x in sets) idle.Add(x.MinIdleRunners, Text(x.Id));
        var desired = text.Begin(GarmMetrics.ScaleSetDesiredRunnerCount);
        foreach (var x in sets) desired.Add(x.DesiredRunnerCount, Text(x.Id));
        var timeouts = text.Begin(GarmMetrics.ScaleSetBootstrapTimeout);
        foreach (var x in sets) timeouts.Add(x.RunnerBootstrapTimeout, Text(x.Id));
    }

    private static void WriteRunners(
        PrometheusText text, IReadOnlyList<InstanceView> runners, IReadOnlyList<PoolView> pools, IReadOnlyList<ScaleSetView> sets)
    {
        // What was made while this was read may miss its owner: it has one the next time.
        var ofPools = pools.ToDictionary(x => x.Id!, OwnerOf);
        var ofSets = sets.ToDictionary(x => x.Id, OwnerOf);
        var statuses = text.Begin(GarmMetrics.RunnerStatus);
        foreach (var x in runners)
        {
            var owner = x.ScaleSetId != 0 ? ofSets.GetValueOrDefault(x.ScaleSetId) : ofPools.GetValueOrDefault(x.PoolId ?? "");
            statuses.Add(
                1, x.Name, x.Status, x.RunnerStatus, owner.Name, owner.Type, x.PoolId, x.ScaleSetId == 0 ? "" : Text(x.ScaleSetId),
                x.ProviderName);
        }
    }

    private static void WriteJobs(PrometheusText text, IReadOnlyList<JobView> jobs)
    {
        var statuses = text.Begin(GarmMetrics.JobStatus);
        foreach (var x in jobs)
        {
            statuses.Add(
                1, Text(x.Id), Text(x.WorkflowJobId), x.ScaleSetJobId, Text(x.RunId), x.Name, x.Status, x.Conclusion, x.RunnerName,
                x.RepositoryOwner, x.RepositoryName, string.Join(' ', x.Labels));
        }
    }

    // A forge instance has no other name than its endpoint's. GARM leaves the label empty for its pools.
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

    private readonly record struct Owner(string? Name, string? Type);

    private readonly record struct Entity(string? Name, string? Id, bool Running);
}
