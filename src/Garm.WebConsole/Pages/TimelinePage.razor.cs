using System.Globalization;
using Garm.Contracts.Events;
using Garm.WebConsole.Fleet;
using Garm.WebConsole.History;
using Garm.WebConsole.Parts;
using Garm.WebConsole.Shell;
using Microsoft.AspNetCore.Components;

namespace Garm.WebConsole.Pages;

/// <summary>The life of one entity, from the log; and where to find it.</summary>
public sealed partial class TimelinePage
{
    private const int Most = 50;

    private EntityTimeline? _timeline;
    private EntityType _type;
    private JobRow? _job;
    private string _payload = "";
    private string? _problem;
    private bool _isLoading;
    private string? _loaded;
    private (IReadOnlyList<JobRow> Rows, int Count) _jobs = ([], 0);
    private (IReadOnlyList<RunnerRow> Rows, int Count) _runners = ([], 0);
    private IDisposable? _reading;
    private string _newType = "job";
    private string _newId = "";
    private string _newSource = "";

    [Inject] private FleetService Fleet { get; set; } = null!;

    [Inject] private TimelineReader Reader { get; set; } = null!;

    /// <summary>The search.</summary>
    [SupplyParameterFromQuery(Name = "q")] public string? Query { get; set; }

    /// <summary>The wire name of the entity's type.</summary>
    [SupplyParameterFromQuery] public string? Type { get; set; }

    /// <summary>The entity's id.</summary>
    [SupplyParameterFromQuery] public string? Id { get; set; }

    /// <summary>Where it is from; absent for the hub itself.</summary>
    [SupplyParameterFromQuery] public string? Source { get; set; }

    /// <summary>Whether only the entity's own steps are shown.</summary>
    [SupplyParameterFromQuery] public string? Own { get; set; }

    private bool OwnOnly => Own == "1";

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        base.OnInitialized();
        _reading = Fleet.Open(OnFleet);
    }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        var wanted = $"{Type}/{Source}/{Id}";
        if (Id is not null && wanted != _loaded)
        {
            _loaded = wanted;
            await LoadAsync();
        }
        else if (Id is null)
        {
            (_timeline, _problem, _loaded) = (null, null, null);
            Find();
        }
    }

    /// <inheritdoc />
    protected override Task RefreshAsync()
    {
        if (Id is null) Find();
        else if (_timeline is not null && _type == EntityType.Job) _job = Fleet.FindJob(new FleetKey(Source ?? "", Id));
        StateHasChanged();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    protected override void Close() => _reading?.Dispose();

    private async Task LoadAsync()
    {
        (_timeline, _problem, _job) = (null, null, null);
        if (!EntityTypes.TryParse(Type, out _type))
        {
            _problem = $"There is no type \"{Type}\"; there are {string.Join(", ", EntityTypes.All.Select(x => x.WireName()))}.";
            return;
        }

        _isLoading = true;
        StateHasChanged();
        try
        {
            _timeline = await Reader.ReadAsync(_type, Source ?? "", Id!, Gone);
            _payload = _timeline is null ? "" : JsonLayout.Of(_timeline.Last);
            if (_type == EntityType.Job) _job = Fleet.FindJob(new FleetKey(Source ?? "", Id!));
        }
        catch (Exception e) when (e is TimeoutException or System.Data.Common.DbException)
        {
            _problem = ProblemText.Of(e);
        }
        finally
        {
            _isLoading = false;
        }
    }

    private void Find()
    {
        var query = Query ?? "";
        _jobs = Fleet.FindJobs(x => Has(x.Name) || Has(x.Repository) || Has(x.Runner) || Has(x.Key.Id) || x.Labels.Any(Has), Most);
        _runners = Fleet.FindRunners(x => Has(x.Name) || Has(x.Key.Id), Most);

        bool Has(string text) => text.Contains(query, StringComparison.OrdinalIgnoreCase);
    }

    private IEnumerable<(TimelineEntry Entry, TimeSpan? Since)> Steps()
    {
        DateTime? last = null;
        foreach (var entry in _timeline!.Entries.Where(x => !OwnOnly || !x.IsAround))
        {
            yield return (entry, last is { } before ? entry.At - before : null);
            last = entry.At;
        }
    }

    private void Choose()
    {
        if (_newId.Trim().Length == 0) return;
        Navigation.NavigateTo(TimelineLink.Of(_newType, new FleetKey(_newSource.Trim(), _newId.Trim())));
    }

    // The steps of a timeline are read once; what is around it moves on.
    private void OnFleet()
    {
        if (Id is null || _job is not null) Refresh();
    }

    private static string Shown(int shown, int all) =>
        shown == all ? all.ToString("N0", CultureInfo.InvariantCulture) : $"the newest {shown} of {all.ToString("N0", CultureInfo.InvariantCulture)}";
}
