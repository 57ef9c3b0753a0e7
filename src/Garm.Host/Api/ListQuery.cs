using System.Globalization;
using Garm.Data;
using Garm.Data.Jobs;
using Garm.Data.Model;
using Garm.Data.Runners;
using Garm.Host.Http;

namespace Garm.Host.Api;

/// <summary>
/// Reads the parameters of lists. A value may be repeated or contain several ones separated by commas, any of which matches. An empty
/// value is ignored; an invalid one is refused with the accepted values.
/// </summary>
internal sealed class ListQuery(IQueryCollection query)
{
    /// <summary>The largest <c>limit</c>; without a limit a list has all rows.</summary>
    public const int MaxLimit = 100_000;

    private static readonly string[] Filters =
    [
        "status", "runner_status", "pool_id", "scale_set_id", "repo_id", "org_id", "enterprise_id", "forge_instance_id",
    ];

    /// <summary>The query for jobs.</summary>
    public JobListQuery Jobs()
    {
        RefuseOthers("status", "scale_set_id", "repo_id", "org_id", "enterprise_id", "forge_instance_id");
        return new JobListQuery
        {
            Limit = Limit(MaxLimit),
            After = Numbers("after") switch
            {
                [] => 0,
                [var one] => one,
                _ => throw Refusal("after", "one id of a job"),
            },
            Statuses = Choices("status", JobStatuses.All),
            ScaleSetIds = Numbers("scale_set_id"),
            RepositoryIds = Ids("repo_id"),
            OrganizationIds = Ids("org_id"),
            EnterpriseIds = Ids("enterprise_id"),
            ForgeInstanceIds = Ids("forge_instance_id"),
        };
    }

    /// <summary>The query for all runners.</summary>
    public InstanceListQuery Instances() => InstancesBy(Filters);

    /// <summary>The query for the runners of an entity.</summary>
    public InstanceListQuery InstancesOfEntity() => InstancesBy("status", "runner_status", "pool_id", "scale_set_id");

    /// <summary>The query for the runners of a pool or scale set.</summary>
    public InstanceListQuery InstancesOfOne() =>
        InstancesBy("status", "runner_status") with { OutdatedOnly = query.Flag("outdatedOnly") };

    /// <summary>The maximum number of rows; null for all.</summary>
    public int? Limit(int max) => Values("limit") switch
    {
        [] => null,
        [var text] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit >= 1 && limit <= max => limit,
        _ => throw Refusal("limit", $"a whole number from 1 to {max}"),
    };

    /// <summary>Values out of a fixed set.</summary>
    public IReadOnlyList<string> Choices(string name, IReadOnlyCollection<string> accepted)
    {
        var values = Values(name);
        return values.All(accepted.Contains) ? values : throw Refusal(name, string.Join(", ", accepted));
    }

    private InstanceListQuery InstancesBy(params string[] filters)
    {
        RefuseOthers(filters);
        return new InstanceListQuery
        {
            Limit = Limit(MaxLimit),
            After = Ids("after") switch
            {
                [] => null,
                [var one] => one,
                _ => throw Refusal("after", "one id of a runner"),
            },
            Statuses = Choices("status", InstanceStatuses.All),
            RunnerStatuses = Choices("runner_status", RunnerStatuses.All),
            PoolIds = Ids("pool_id"),
            ScaleSetIds = Numbers("scale_set_id"),
            RepositoryIds = Ids("repo_id"),
            OrganizationIds = Ids("org_id"),
            EnterpriseIds = Ids("enterprise_id"),
            ForgeInstanceIds = Ids("forge_instance_id"),
        };
    }

    /// <summary>Refuses filters of other lists, which would be ignored here. Unknown parameters are ignored, as in GARM.</summary>
    private void RefuseOthers(params string[] accepted)
    {
        if (Array.Find(Filters, x => Values(x).Count > 0 && !accepted.Contains(x)) is { } other)
            throw GarmException.BadRequest($"\"{other}\" is not a filter of this list; accepted are limit, after, {string.Join(", ", accepted)}");
    }

    private List<Guid> Ids(string name) => Values(name).ConvertAll(text =>
        Guid.TryParseExact(text, "D", out var id) ? id : throw Refusal(name, "a UUID such as 0b6a3b0e-7a3e-4c53-9d5f-0f4f4d8f5a51"));

    private List<long> Numbers(string name) => Values(name).ConvertAll(text =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Refusal(name, "a whole number"));

    private List<string> Values(string name) =>
        [.. query[name].SelectMany(x => (x ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    private static GarmException Refusal(string name, string accepted) => GarmException.BadRequest($"\"{name}\" is not accepted; it takes {accepted}");
}

/// <summary>Describes the parameters of <see cref="ListQuery"/>.</summary>
internal static class ListQueryDescriptions
{
    private const string Any = "; several with commas";

    /// <summary>The parameters of all lists.</summary>
    public static RouteHandlerBuilder Paged(this RouteHandlerBuilder route) => route
        .Query("limit", typeof(int), $"1 to {ListQuery.MaxLimit}; all when absent")
        .Query("after", typeof(string), "the id of the last row that you have; it may have been deleted since");

    /// <summary>Filters by the state of a job.</summary>
    public static RouteHandlerBuilder FiltersJobs(this RouteHandlerBuilder route) => route
        .Query("status", typeof(string), string.Join(", ", JobStatuses.All) + Any)
        .Query("scale_set_id", typeof(string), $"a scale set's number{Any}")
        .FiltersOwners();

    /// <summary>Filters by the state of a runner.</summary>
    public static RouteHandlerBuilder FiltersRunners(this RouteHandlerBuilder route) => route
        .Query("status", typeof(string), string.Join(", ", InstanceStatuses.All) + Any)
        .Query("runner_status", typeof(string), string.Join(", ", RunnerStatuses.All) + Any);

    /// <summary>Filters by pool and scale set.</summary>
    public static RouteHandlerBuilder FiltersPools(this RouteHandlerBuilder route) => route
        .Query("pool_id", typeof(string), $"a pool's id{Any}")
        .Query("scale_set_id", typeof(string), $"a scale set's number{Any}");

    /// <summary>Filters by the owning entity.</summary>
    public static RouteHandlerBuilder FiltersOwners(this RouteHandlerBuilder route) => route
        .Query("repo_id", typeof(string), $"a repository's id{Any}")
        .Query("org_id", typeof(string), $"an organization's id{Any}")
        .Query("enterprise_id", typeof(string), $"an enterprise's id{Any}")
        .Query("forge_instance_id", typeof(string), $"a forge instance's id{Any}");

    private static RouteHandlerBuilder Query(this RouteHandlerBuilder route, string name, Type type, string text) =>
        route.WithMetadata(new OpenApi.ParameterNote(name, InHeader: false, type, text, Required: false));
}
