using Garm.Data.ChangeLog;
using Garm.Data.Controller;
using Garm.Data.Credentials;
using Garm.Data.Endpoints;
using Garm.Data.Engines;
using Garm.Data.Entities;
using Garm.Data.Files;
using Garm.Data.Fleet;
using Garm.Data.Inspection;
using Garm.Data.Jobs;
using Garm.Data.Leases;
using Garm.Data.Nodes;
using Garm.Data.Pools;
using Garm.Data.Proxies;
using Garm.Data.Retries;
using Garm.Data.Runners;
using Garm.Data.ScaleSets;
using Garm.Data.Schema;
using Garm.Data.Secrets;
using Garm.Data.Sources;
using Garm.Data.States;
using Garm.Data.Templates;
using Garm.Data.Users;
using Garm.Data.Webhooks;
using Garm.Data.Writes;
using Garm.Log;
using Garm.Log.Nodes;
using Garm.Log.Sources;
using Garm.Log.States;
using Garm.Log.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Garm.Data;

/// <summary>Registers the tables and the stores.</summary>
public static class GarmDataServices
{
    /// <summary>
    /// The maximum number of pooled contexts. An engine may keep a connection open in each, so this is also the number of its idle
    /// connections.
    /// </summary>
    private const int IdleContexts = 32;

    /// <summary>
    /// Adds contexts, log and stores on this engine. The host adds <see cref="ICommitListener"/>,
    /// <see cref="Secrets.SecretSealer"/> and <see cref="Providers.IProviderCatalog"/>.
    /// </summary>
    public static IServiceCollection AddGarmData(this IServiceCollection services, DatabaseEngine engine)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(engine);
        services.AddSingleton<ChangeRecorder>();
        services.AddPooledDbContextFactory<GarmDbContext>(builder => Configure(builder, engine).UseModel(engine.CompiledModel), IdleContexts);
        services.AddSingleton<IChangeLogReader, ChangeLogReader>();
        services.AddSingleton<IEntityHistoryReader, EntityHistoryReader>();
        services.AddSingleton<ClusterInspector>();
        services.AddSingleton<IChangeLogEpochs, ChangeLogEpochs>();
        services.AddSingleton<EntityStateKeeper>();
        services.AddSingleton<IEntityStateReader, EntityStateReader>();
        services.AddSingleton<ISnapshotHolds, SnapshotHolds>();
        services.AddSingleton<IUserAccessReader, UserAccessReader>();
        services.AddSingleton<DatabaseLease>();
        services.AddSingleton<INodeRegistry, NodeRegistry>();
        services.AddSingleton<IFormingTurn, FormingTurn>();
        services.AddSingleton<DatabaseInitializer>();
        services.TryAddSingleton(new WriteRetryOptions());
        services.TryAddSingleton(new JobRetentionOptions());
        services.AddSingleton<DatabaseReads>();

        services.TryAddSingleton(new SecretsOptions());
        services.AddSingleton<SecretKeys>();
        services.AddSingleton<SecretResealing>();

        services.AddSingleton<WriteHealth>();
        services.AddSingleton<ConflictLock>();
        services.AddSingleton<GroupCommit>();
        services.AddSingleton<SharedUpdates>();
        services.AddSingleton<WritePath>();
        services.AddSingleton<TestWrite>();

        services.AddScoped<UnitOfWork>();
        services.AddScoped<ControllerStore>();
        services.AddScoped<GithubEndpointStore>();
        services.AddScoped<GithubCredentialsStore>();
        services.AddScoped<GiteaEndpointStore>();
        services.AddScoped<GiteaCredentialsStore>();
        services.AddScoped<ProxyStore>();
        services.AddScoped<RepositoryStore>();
        services.AddScoped<OrganizationStore>();
        services.AddScoped<EnterpriseStore>();
        services.AddScoped<ForgeInstanceStore>();
        services.AddScoped<TemplateStore>();

        // Its writes make no events, and the answer's cursor is that of the request's own write.
        services.AddScoped(provider => ActivatorUtilities.CreateInstance<FileContents>(
            provider, provider.GetRequiredService<UnitOfWork>().ObservedBy(null)));
        services.TryAddSingleton(new FileLimits());
        services.AddSingleton<FileRoom>();
        services.AddScoped<FileContentSweep>();
        services.AddScoped<FileObjectStore>();
        services.AddScoped<AgentToolStore>();
        services.AddScoped<PoolStore>();
        services.AddScoped<ScaleSetStore>();
        services.AddScoped<InstanceStore>();
        services.AddScoped<InstanceLists>();
        services.AddScoped<RunnerStore>();
        services.AddScoped<JobStore>();
        services.AddScoped<ScaleSetJobStore>();
        services.AddScoped<JobRetention>();
        services.AddScoped<FleetSnapshotStore>();
        services.AddScoped<WebhookStore>();
        services.AddScoped<WebhookOutcomeStore>();
        services.AddScoped<UserStore>();
        services.AddScoped<SourceStore>();
        services.AddSingleton<ISourceLeases, SourceLeases>();
        services.AddSingleton<ISourceRegistry, SourceRegistry>();
        services.AddSingleton<ISourceMirror, SourceMirror>();
        return services;
    }

    /// <summary>The options of every context, without the compiled model.</summary>
    internal static DbContextOptionsBuilder Configure(DbContextOptionsBuilder builder, DatabaseEngine engine)
    {
        engine.Configure(builder);
        return builder.UseSnakeCaseNamingConvention().AddInterceptors(ChangeLogGuard.Instance);
    }
}
