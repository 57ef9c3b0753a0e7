using Garm.Contracts.Requests;
using Garm.Data.Model;
using Garm.Data.Providers;
using static Garm.Data.Values.RequestValues;

namespace Garm.Data.Pools;

/// <summary>The checks of a pool, and how an update changes it; messages are GARM's. Reads nothing from the database.</summary>
internal static class PoolRules
{
    private const string DefaultRunnerPrefix = "garm";
    private const string TooManyIdle = "min_idle_runners cannot be larger than max_runners";

    /// <summary>Refuses an invalid request to create a pool.</summary>
    public static void Validate(CreatePoolRequest request, IProviderCatalog providers, string refused)
    {
        if (Missing(request) is { } missing)
            throw GarmException.BadRequest($"{refused}: failed to validate params (\"{missing}\"): invalid request");
        if (request.OsType is not (OsTypes.Linux or OsTypes.Windows))
            throw GarmException.BadRequest($"{refused}: invalid OS type {request.OsType}");
        if (request.OsArch is not ("amd64" or "i386" or "arm64" or "arm"))
            throw GarmException.BadRequest($"{refused}: invalid OS architecture {request.OsArch}");
        if (!providers.Contains(request.ProviderName!))
            throw GarmException.BadRequest($"{refused}: no such provider {request.ProviderName}");
        if (BootstrapTimeouts.FaultOf(request.RunnerBootstrapTimeout) is { } fault) throw GarmException.BadRequest($"{refused}: {fault}");
    }

    /// <summary>A new, unsaved pool of a validated request, without its references.</summary>
    public static Pool New(CreatePoolRequest request, bool defaultTimeout) => new()
    {
        Id = Guid.NewGuid(),
        ProviderName = request.ProviderName!,
        RunnerPrefix = string.IsNullOrEmpty(request.RunnerPrefix) ? DefaultRunnerPrefix : request.RunnerPrefix,
        MaxRunners = request.MaxRunners!.Value,
        MinIdleRunners = request.MinIdleRunners ?? 0,
        Image = request.Image!,
        Flavor = request.Flavor!,
        OsType = request.OsType!,
        OsArch = request.OsArch!,
        Enabled = request.Enabled ?? false,
        EnableShell = request.EnableShell ?? false,
        RunnerBootstrapTimeout = request.RunnerBootstrapTimeout is { } timeout and > 0 ? timeout
            : defaultTimeout ? BootstrapTimeouts.Default : 0,
        ExtraSpecs = Compact(request.ExtraSpecs),
        GithubRunnerGroup = request.GithubRunnerGroup ?? "",
        Priority = request.Priority ?? 0,
    };

    /// <summary>Refuses an invalid update of the pool.</summary>
    public static void Validate(Pool pool, UpdatePoolRequest request)
    {
        if ((request.MinIdleRunners ?? pool.MinIdleRunners) > (request.MaxRunners ?? pool.MaxRunners))
            throw GarmException.BadRequest(TooManyIdle);
        if (BootstrapTimeouts.FaultOf(request.RunnerBootstrapTimeout) is { } fault) throw GarmException.BadRequest(fault);
    }

    /// <summary>Changes the fields that the request has, except tags and other references.</summary>
    public static void Apply(Pool pool, UpdatePoolRequest request)
    {
        pool.RunnerPrefix = OrKeep(request.RunnerPrefix, pool.RunnerPrefix);
        pool.MaxRunners = request.MaxRunners ?? pool.MaxRunners;
        pool.MinIdleRunners = request.MinIdleRunners ?? pool.MinIdleRunners;
        pool.Image = OrKeep(request.Image, pool.Image);
        pool.Flavor = OrKeep(request.Flavor, pool.Flavor);
        pool.OsType = OrKeep(request.OsType, pool.OsType);
        pool.OsArch = OrKeep(request.OsArch, pool.OsArch);
        pool.Enabled = request.Enabled ?? pool.Enabled;
        pool.EnableShell = request.EnableShell ?? pool.EnableShell;
        if (request.RunnerBootstrapTimeout is { } timeout and > 0) pool.RunnerBootstrapTimeout = timeout;
        pool.ExtraSpecs = Compact(request.ExtraSpecs) ?? pool.ExtraSpecs;
        pool.GithubRunnerGroup = request.GithubRunnerGroup ?? pool.GithubRunnerGroup;
        pool.Priority = request.Priority ?? pool.Priority;
    }

    /// <summary>The values that the pool's runners are created with.</summary>
    public static RunnerMake MakeOf(Pool pool) => new(
        pool.Image, pool.Flavor, pool.OsType, pool.OsArch, pool.EnableShell, pool.ExtraSpecs, pool.GithubRunnerGroup, pool.ProxyId);

    private static string? Missing(CreatePoolRequest request)
    {
        var max = request.MaxRunners ?? 0;
        if (string.IsNullOrEmpty(request.ProviderName)) return "missing provider";
        if (request.MinIdleRunners > max) return TooManyIdle;
        if (max == 0) return "max_runners cannot be 0";
        if (request.Tags is null or { Count: 0 }) return "missing tags";
        if (string.IsNullOrEmpty(request.Flavor)) return "missing flavor";
        return string.IsNullOrEmpty(request.Image) ? "missing image" : null;
    }
}

/// <summary>
/// The values that runners are created with: a change of one raises the generation. As in GARM, the template does not.
/// </summary>
internal readonly record struct RunnerMake(
    string Image,
    string Flavor,
    string OsType,
    string OsArch,
    bool EnableShell,
    string? ExtraSpecs,
    string GithubRunnerGroup,
    long? ProxyId);
