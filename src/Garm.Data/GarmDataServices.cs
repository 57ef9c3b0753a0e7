using Garm.Data.ChangeLog;
using Garm.Data.Leases;
using Garm.Data.Stores;
using Garm.Data.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Garm.Data;

/// <summary>Wires the tables and what is done with them.</summary>
public static class GarmDataServices
{
    /// <summary>
    /// Adds contexts, log and stores on this engine. The host adds <see cref="ICommitListener"/>,
    /// <see cref="Secrets.SecretSealer"/> and <see cref="Providers.IProviderCatalog"/>.
    /// </summary>
    public static IServiceCollection AddGarmData(this IServiceCollection services, DatabaseEngine engine)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(engine);
        services.AddSingleton<ChangeRecorder>();
        services.AddDbContextFactory<GarmDbContext>(builder => Configure(builder, engine));
        services.AddSingleton<IChangeLogReader, ChangeLogReader>();
        services.AddSingleton<IChangeLogEpochs, ChangeLogEpochs>();
        services.AddSingleton<IUserAccessReader, UserAccessReader>();
        services.AddSingleton<DatabaseInitializer>();
        services.AddSingleton<DatabaseLease>();

        services.AddScoped<UnitOfWork>();
        services.AddScoped<ControllerStore>();
        services.AddScoped<GithubEndpointStore>();
        services.AddScoped<GithubCredentialsStore>();
        services.AddScoped<ProxyStore>();
        services.AddScoped<RepositoryStore>();
        services.AddScoped<OrganizationStore>();
        services.AddScoped<EnterpriseStore>();
        services.AddScoped<PoolStore>();
        services.AddScoped<RunnerInventory>();
        services.AddScoped<UserStore>();
        return services;
    }

    /// <summary>What every context of the hub is made with.</summary>
    public static void Configure(DbContextOptionsBuilder builder, DatabaseEngine engine)
    {
        engine.Configure(builder);
        builder.UseSnakeCaseNamingConvention().AddInterceptors(ChangeLogGuard.Instance);
    }
}
