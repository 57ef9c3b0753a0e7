namespace Garm.Host.Telemetry;

/// <summary>GARM's gauges of the fleet, with GARM's names, labels and texts. <c>docs/metrics.md</c> lists them.</summary>
internal static class GarmMetrics
{
    public static readonly MetricNote Health = Gauge(
        "health", "Health of the garm", "metadata_url", "callback_url", "webhook_url", "controller_webhook_url", "controller_id");

    public static readonly MetricNote RepositoryInfo = Gauge("repository_info", "Info of the repository", "name", "id");
    public static readonly MetricNote RepositoryManager = Gauge(
        "repository_pool_manager_status", "Status of the repository pool manager", "name", "id", "running");

    public static readonly MetricNote OrganizationInfo = Gauge("organization_info", "Info of the organization", "name", "id");
    public static readonly MetricNote OrganizationManager = Gauge(
        "organization_pool_manager_status", "Status of the organization pool manager", "name", "id", "running");

    public static readonly MetricNote EnterpriseInfo = Gauge("enterprise_info", "Info of the enterprise", "name", "id");
    public static readonly MetricNote EnterpriseManager = Gauge(
        "enterprise_pool_manager_status", "Status of the enterprise pool manager", "name", "id", "running");

    public static readonly MetricNote ProviderInfo = Gauge("provider_info", "Info of the provider", "name", "type", "description");

    public static readonly MetricNote PoolInfo = Gauge(
        "pool_info", "Info of the pool",
        "id", "image", "flavor", "prefix", "os_type", "os_arch", "tags", "provider", "pool_owner", "pool_type");

    public static readonly MetricNote PoolStatus = Gauge("pool_status", "Status of the pool", "id", "enabled");
    public static readonly MetricNote PoolMaxRunners = Gauge("pool_max_runners", "Maximum number of runners in the pool", "id");
    public static readonly MetricNote PoolMinIdleRunners = Gauge("pool_min_idle_runners", "Minimum number of idle runners in the pool", "id");
    public static readonly MetricNote PoolBootstrapTimeout = Gauge("pool_bootstrap_timeout", "Runner bootstrap timeout in the pool", "id");

    public static readonly MetricNote ScaleSetInfo = Gauge(
        "scaleset_info", "Info of the scale set",
        "id", "scaleset_id", "name", "image", "flavor", "prefix", "os_type", "os_arch", "tags", "provider", "runner_group",
        "scaleset_owner", "scaleset_type");

    public static readonly MetricNote ScaleSetStatus = Gauge("scaleset_status", "Status of the scale set", "id", "enabled", "state");
    public static readonly MetricNote ScaleSetMaxRunners = Gauge("scaleset_max_runners", "Maximum number of runners in the scale set", "id");
    public static readonly MetricNote ScaleSetMinIdleRunners = Gauge(
        "scaleset_min_idle_runners", "Minimum number of idle runners in the scale set", "id");

    public static readonly MetricNote ScaleSetDesiredRunnerCount = Gauge(
        "scaleset_desired_runner_count", "Desired runner count requested by GitHub for the scale set", "id");

    public static readonly MetricNote ScaleSetBootstrapTimeout = Gauge(
        "scaleset_bootstrap_timeout", "Runner bootstrap timeout in the scale set", "id");

    public static readonly MetricNote RunnerStatus = Gauge(
        "runner_status", "Status of the instance",
        "name", "status", "runner_status", "pool_owner", "pool_type", "pool_id", "scaleset_id", "provider");

    public static readonly MetricNote JobStatus = Gauge(
        "job_status", "List of workflow jobs and their status",
        "job_id", "workflow_job_id", "scaleset_job_id", "workflow_run_id", "name", "status", "conclusion", "runner_name", "owner",
        "repository", "requested_labels");

    /// <summary>Every gauge.</summary>
    public static IReadOnlyList<MetricNote> All { get; } =
    [
        Health, RepositoryInfo, RepositoryManager, OrganizationInfo, OrganizationManager, EnterpriseInfo, EnterpriseManager,
        ProviderInfo, PoolInfo, PoolStatus, PoolMaxRunners, PoolMinIdleRunners, PoolBootstrapTimeout, ScaleSetInfo, ScaleSetStatus,
        ScaleSetMaxRunners, ScaleSetMinIdleRunners, ScaleSetDesiredRunnerCount, ScaleSetBootstrapTimeout, RunnerStatus, JobStatus,
    ];

    private static MetricNote Gauge(string name, string help, params string[] labels) => new($"garm_{name}", help, labels);
}
