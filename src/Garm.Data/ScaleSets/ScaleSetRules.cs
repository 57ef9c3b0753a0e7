using Garm.Contracts.Requests;
using Garm.Data.Model;
using Garm.Data.Pools;
using Garm.Data.Providers;
using static Garm.Data.Values.RequestValues;

namespace Garm.Data.ScaleSets;

/// <summary>The checks of a scale set, and how an update changes it. Reads nothing from the database.</summary>
internal static class ScaleSetRules
{
    private const string Refused = "failed to validate create params";
    private const string DefaultRunnerPrefix = "garm";
    private const string DefaultRunnerGroup = "Default";
    private const string AcceptedNumber =
        "give the number (from 1) that the forge assigned to the scale set, or 0 if it will be registered there later";

    private const string TooManyIdle = "min_idle_runners cannot be larger than max_runners";

    /// <summary>Refuses an invalid request to create a scale set. GARM answers 500 without a reason.</summary>
    public static void Validate(CreateScaleSetRequest request, IProviderCatalog providers)
    {
        if (Missing(request) is { } missing) throw GarmException.BadRequest($"{Refused}: {missing}");
        if (!providers.Contains(request.ProviderName!))
            throw GarmException.BadRequest($"{Refused}: no such provider {request.ProviderName}");
        if (request.ScaleSetId is null) throw GarmException.BadRequest($"{Refused}: missing scale_set_id: {AcceptedNumber}");
        if (request.ScaleSetId < ScaleSet.Unregistered)
            throw GarmException.BadRequest($"{Refused}: invalid scale_set_id {request.ScaleSetId}: {AcceptedNumber}");
        if (BootstrapTimeouts.FaultOf(request.RunnerBootstrapTimeout) is { } fault) throw GarmException.BadRequest($"{Refused}: {fault}");
    }

    /// <summary>A new, unsaved scale set of a validated request, without its references.</summary>
    public static ScaleSet New(CreateScaleSetRequest request) => new()
    {
        Name = request.Name!,
        ScaleSetId = request.ScaleSetId!.Value,
        DisableUpdate = request.DisableUpdate ?? false,
        ProviderName = request.ProviderName!,
        RunnerPrefix = OrKeep(request.RunnerPrefix, DefaultRunnerPrefix),
        MaxRunners = request.MaxRunners!.Value,
        MinIdleRunners = request.MinIdleRunners ?? 0,
        Image = request.Image!,
        Flavor = request.Flavor!,
        OsType = request.OsType ?? "",
        OsArch = request.OsArch ?? "",
        Enabled = request.Enabled ?? false,
        EnableShell = request.EnableShell ?? false,
        RunnerBootstrapTimeout = request.RunnerBootstrapTimeout is { } timeout and > 0
            ? timeout
            : BootstrapTimeouts.Default,
        ExtraSpecs = Compact(request.ExtraSpecs),
        GithubRunnerGroup = OrKeep(request.GithubRunnerGroup, DefaultRunnerGroup),
    };

    /// <summary>Refuses an invalid update of the scale set.</summary>
    public static void Validate(ScaleSet set, UpdateScaleSetRequest request)
    {
        if (request.RunnerBootstrapTimeout == 0) throw GarmException.BadRequest("runner_bootstrap_timeout cannot be 0");
        if (BootstrapTimeouts.FaultOf(request.RunnerBootstrapTimeout) is { } fault) throw GarmException.BadRequest(fault);
        if ((request.MinIdleRunners ?? set.MinIdleRunners) > (request.MaxRunners ?? set.MaxRunners))
            throw GarmException.BadRequest(TooManyIdle);
        if (!string.IsNullOrEmpty(request.State) && !ScaleSetStates.All.Contains(request.State))
        {
            throw GarmException.BadRequest(
                $"invalid scale set state {request.State}; accepted are {string.Join(", ", ScaleSetStates.All)}");
        }

        if (request.DesiredRunnerCount < 0) throw GarmException.BadRequest("desired_runner_count cannot be negative");
        if (request.ScaleSetId <= ScaleSet.Unregistered)
        {
            throw GarmException.BadRequest(
                $"invalid scale_set_id {request.ScaleSetId}: give the number (from 1) that the forge assigned to the scale set");
        }
    }

    /// <summary>Changes the fields that the request has, except references.</summary>
    public static void Apply(ScaleSet set, UpdateScaleSetRequest request)
    {
        set.Name = OrKeep(request.Name, set.Name);
        set.ScaleSetId = request.ScaleSetId ?? set.ScaleSetId;
        set.DisableUpdate = request.DisableUpdate ?? set.DisableUpdate;
        set.RunnerPrefix = OrKeep(request.RunnerPrefix, set.RunnerPrefix);
        set.MaxRunners = request.MaxRunners ?? set.MaxRunners;
        set.MinIdleRunners = request.MinIdleRunners ?? set.MinIdleRunners;
        set.Image = OrKeep(request.Image, set.Image);
        set.Flavor = OrKeep(request.Flavor, set.Flavor);
        set.OsType = OrKeep(request.OsType, set.OsType);
        set.OsArch = OrKeep(request.OsArch, set.OsArch);
        set.Enabled = request.Enabled ?? set.Enabled;
        set.EnableShell = request.EnableShell ?? set.EnableShell;
        set.RunnerBootstrapTimeout = request.RunnerBootstrapTimeout ?? set.RunnerBootstrapTimeout;
        set.ExtraSpecs = Compact(request.ExtraSpecs) ?? set.ExtraSpecs;
        set.GithubRunnerGroup = OrKeep(request.RunnerGroup, set.GithubRunnerGroup);
        set.State = OrKeep(request.State, set.State);
        set.ExtendedState = request.ExtendedState ?? set.ExtendedState;
        set.DesiredRunnerCount = request.DesiredRunnerCount ?? set.DesiredRunnerCount;
    }

    /// <summary>The values that the scale set's runners are created with.</summary>
    public static RunnerMake MakeOf(ScaleSet set) => new(
        set.Image, set.Flavor, set.OsType, set.OsArch, set.EnableShell, set.ExtraSpecs, set.GithubRunnerGroup, set.ProxyId);

    private static string? Missing(CreateScaleSetRequest request)
    {
        var max = request.MaxRunners ?? 0;
        if (string.IsNullOrEmpty(request.Name)) return "missing name";
        if (string.IsNullOrEmpty(request.ProviderName)) return "missing provider";
        if (request.MinIdleRunners > max) return TooManyIdle;
        if (max == 0) return "max_runners cannot be 0";
        if (string.IsNullOrEmpty(request.Flavor)) return "missing flavor";
        return string.IsNullOrEmpty(request.Image) ? "missing image" : null;
    }
}
