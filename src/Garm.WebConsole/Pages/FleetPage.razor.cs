using System.Globalization;
using Garm.Contracts.Entities;
using Garm.Data.Sources;
using Garm.WebConsole.Fleet;
using Garm.WebConsole.Parts;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Garm.WebConsole.Pages;

/// <summary>What the fleet does now, and did in the last hour.</summary>
public sealed partial class FleetPage
{
    private const int MostGroups = 200;
    private const int MostRunners = 200;
    private const int MostQueued = 20;

    /// <summary>How often the sources' states are read: they are a table that every node reads.</summary>
    private static readonly TimeSpan SourcesPeriod = TimeSpan.FromSeconds(5);

    private FleetSummary _fleet = FleetSummary.Empty;
    private FleetCharts _charts = FleetCharts.None;
    private IReadOnlyList<GroupSummary> _groups = [];
    private int _found;
    private GroupSummary? _chosen;
    private (IReadOnlyList<RunnerRow> Rows, int Count) _runners = ([], 0);
    private IReadOnlyList<JobRow> _queue = [];
    private IReadOnlyList<SourceView> _sources = [];
    private DateTime _sourcesAt;
    private IDisposable? _reading;

    /// <summary>The search.</summary>
    [SupplyParameterFromQuery(Name = "q")] public string? Query { get; set; }

    /// <summary>A source's name; <c>-</c> for the hub itself.</summary>
    [SupplyParameterFromQuery] public string? Source { get; set; }

    /// <summary>The column that orders; with <c>-</c> before it, downwards.</summary>
    [SupplyParameterFromQuery] public string? Sort { get; set; }

    /// <summary>The pool or scale set whose runners are shown.</summary>
    [SupplyParameterFromQuery] public string? Group { get; set; }

    private string SortBy => (Sort ?? "name").TrimStart('-');

    private bool IsDescending => Sort?.StartsWith('-') == true;

    private string? PastNote => _fleet.MinutesSince is { } since && Now - since.UtcDateTime < TimeSpan.FromMinutes(FleetHistory.Minutes - 2)
        ? $"since {since:HH:mm} UTC: the log or the limit reaches no further back"
        : "last hour";

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        base.OnInitialized();
        _reading = Fleet.Open(Refresh);
        await ReadSourcesAsync();
        Read();
    }

    /// <inheritdoc />
    protected override void OnParametersSet() => Read();

    /// <inheritdoc />
    protected override async Task RefreshAsync()
    {
        if (Now - _sourcesAt > SourcesPeriod) await ReadSourcesAsync();
        Read();
        StateHasChanged();
    }

    /// <inheritdoc />
    protected override void Close() => _reading?.Dispose();

    private void Read()
    {
        _fleet = Fleet.Summary;
        _charts = Fleet.Charts;
        var found = _fleet.Groups.Where(IsWanted).ToList();
        _found = found.Count;
        _groups = [.. Order(found).Take(MostGroups)];
        _chosen = Group is null ? null : _fleet.Groups.FirstOrDefault(x => GroupText(x.Row.Key) == Group);
        _runners = _chosen is { } chosen ? Fleet.FindRunners(x => x.Group == chosen.Row.Key, MostRunners) : ([], 0);
        _queue = [.. _fleet.Queue.Where(x => IsOfSource(x.Key)).Take(MostQueued)];
    }

    private async Task ReadSourcesAsync()
    {
        _sourcesAt = Now;
        await using var scope = Scopes.CreateAsyncScope();
        _sources = await scope.ServiceProvider.GetRequiredService<SourceStore>().ListAsync(Gone);
    }

    private bool IsWanted(GroupSummary group) =>
        IsOfSource(group.Row.Key.Key)
        && (string.IsNullOrEmpty(Query)
            || Has(group.Row.Name) || Has(group.Row.Owner) || Has(group.Row.Provider) || Has(group.Row.Key.Key.Id));

    private bool IsOfSource(FleetKey key) => string.IsNullOrEmpty(Source) || key.Source == (Source == "-" ? "" : Source);

    private bool Has(string text) => text.Contains(Query!, StringComparison.OrdinalIgnoreCase);

    private IEnumerable<GroupSummary> Order(IEnumerable<GroupSummary> groups)
    {
        IComparer<object> order = Comparer<object>.Default;
        Func<GroupSummary, object> key = SortBy switch
        {
            "owner" => x => x.Row.Owner,
            "source" => x => x.Row.Key.Key.Source,
            "desired" => x => x.Row.Desired,
            "idle" => x => x.Count(RunnerState.Idle),
            "active" => x => x.Count(RunnerState.Active),
            "starting" => x => x.Count(RunnerState.Starting),
            "failed" => x => x.Count(RunnerState.Failed),
            _ => x => x.Row.Name,
        };
        var ordered = IsDescending ? groups.OrderByDescending(key, order) : groups.OrderBy(key, order);
        return ordered.ThenBy(x => x.Row.Owner, StringComparer.Ordinal).ThenBy(x => x.Row.Key.Key.Id, StringComparer.Ordinal);
    }

    private void OrderBy(string column) => Keep("sort", column == SortBy && !IsDescending ? $"-{column}" : column);

    private int Count(RunnerState state) => _fleet.Runners[(int)state];

    private string WhyText(JobRow job)
    {
        var reasons = WaitReasons.Of(job, _fleet.Groups);
        return reasons.Count == 0
            ? "no pool or scale set has all of its labels"
            : string.Join("; ", reasons.Take(3).Select(x => $"{x.Group.Row.Name}: {x.Text}"));
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Shown(int shown, int all) => shown == all ? Number(all) : $"{Number(shown)} of {Number(all)}: the search narrows it";

    private static string GroupText(GroupKey key) => $"{(key.IsScaleSet ? "scaleset" : "pool")}:{key.Key.Source}:{key.Key.Id}";
}
