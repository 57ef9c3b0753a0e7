using Akka.Actor;
using Akka.Hosting;
using Garm.Actors.Sessions;
using Garm.Contracts.Events;
using Garm.Data.Sources;
using Garm.Log;
using Garm.WebConsole.Access;
using Garm.WebConsole.Fleet;
using Garm.WebConsole.Live;
using Garm.WebConsole.Parts;
using Garm.WebConsole.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;
using MudBlazor;

namespace Garm.WebConsole.Pages;

/// <summary>What is committed, as it is committed.</summary>
public sealed partial class LivePage : IAsyncDisposable
{
    private readonly LiveList _list = new();
    private LiveTable? _table;
    private LiveSession? _session;
    private LiveFilter? _opened;
    private IReadOnlyList<LiveEvent> _shown = [];
    private IReadOnlyList<string> _sources = [];
    private OpenEvent? _open;
    private string? _problem;
    private string? _gap;
    private DateTime? _hiddenAt;
    private bool _isLive;
    private bool _isPaused;
    private long _newer;
    private string _type = EntityTypes.All[6].WireName();
    private string _field = "";
    private string _value = "";

    [Inject] private IRequiredActor<SessionManagerActor> Sessions { get; set; } = null!;

    [Inject] private ConsoleUser User { get; set; } = null!;

    [Inject] private IChangeLogReader Log { get; set; } = null!;

    [Inject] private IServiceScopeFactory Scopes { get; set; } = null!;

    [Inject] private LiveLines Lines { get; set; } = null!;

    [Inject] private PageTurns Turns { get; set; } = null!;

    [Inject] private IJSRuntime Js { get; set; } = null!;

    [Inject] private ISnackbar Snackbar { get; set; } = null!;

    /// <summary>The search in what is listed.</summary>
    [SupplyParameterFromQuery(Name = "q")] public string? Query { get; set; }

    /// <summary>Types, with commas between them.</summary>
    [SupplyParameterFromQuery(Name = "type")] public string? TypesText { get; set; }

    /// <summary>Operations, with commas between them.</summary>
    [SupplyParameterFromQuery(Name = "op")] public string? OperationsText { get; set; }

    /// <summary>A source's name; <c>-</c> for the hub itself.</summary>
    [SupplyParameterFromQuery(Name = "source")] public string? SourceText { get; set; }

    /// <summary>Conditions such as <c>instance.status=running</c>.</summary>
    [SupplyParameterFromQuery(Name = "where")] public string[]? Where { get; set; }

    /// <summary>The cursor of the event whose payload is shown.</summary>
    [SupplyParameterFromQuery(Name = "event")] public string? EventCursorText { get; set; }

    private LiveFilter Filter => new(
        Words(TypesText), Words(OperationsText), SourceText ?? "", [.. (Where ?? []).Select(LiveCondition.Read).OfType<LiveCondition>()]);

    private Uri Hub => new(Navigation.BaseUri);

    private string Heading => $"{_shown.Count} of {_list.Seen} since the page was opened" + (_isPaused ? "; paused" : "");

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        base.OnInitialized();
        State.Changed += OnVisibility;
        await using var scope = Scopes.CreateAsyncScope();
        _sources = [.. (await scope.ServiceProvider.GetRequiredService<SourceStore>().ListAsync(Gone)).Select(x => x.Name)];
    }

    /// <inheritdoc />
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender) Show();
    }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        var message = Filter.Message(null);
        if (_opened?.Message(null) != message) await OpenAsync();
        else Show();
        if (EventCursorText != _open?.Cursor) await ReadEventAsync();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Dispose();
        if (_session is { } session) await session.DisposeAsync();
    }

    /// <inheritdoc />
    protected override void Close() => State.Changed -= OnVisibility;

    private async Task ReadEventAsync()
    {
        var cursor = EventCursorText;
        var read = cursor is null ? null : await OpenEvent.ReadAsync(Log, cursor, Gone);
        if (cursor == EventCursorText) _open = read; // Another one may have been chosen meanwhile.
    }

    private async Task OpenAsync()
    {
        _opened = Filter;
        (_problem, _isLive) = (null, false);
        if (_session is { } former) await former.DisposeAsync();
        _session = null;
        var opened = _opened;
        var (session, refusal) = await LiveSession.OpenAsync(await Sessions.GetAsync(Gone), User.Require(), User.Address, opened, TakeAsync, Lines, Turns);
        if (Gone.IsCancellationRequested || !ReferenceEquals(opened, _opened))
        {
            if (session is not null) await session.DisposeAsync(); // The page was left, or has another filter by now.
            return;
        }

        (_session, _problem) = (session, refusal);
        Show();

        Task TakeAsync(IReadOnlyList<LiveLine>? lines) => InvokeAsync(() =>
        {
            if (ReferenceEquals(opened, _opened)) Take(lines);
        });
    }

    private void Take(IReadOnlyList<LiveLine>? lines)
    {
        var former = (_problem, _isLive, _newer);
        if (lines is null)
        {
            (_problem, _isLive) = (_problem ?? "The session has ended.", false);
        }

        foreach (var line in lines ?? [])
        {
            switch (line)
            {
                case LiveLine.OfEvent { Event: var added }:
                    _list.Add(added);
                    if (_isPaused) _newer++;
                    break;
                case LiveLine.OfControl { Name: "error", Message: var message }:
                    (_problem, _isLive) = (message, false);
                    break;
                case LiveLine.OfControl { Name: "going-away" }:
                    _problem = "This node is stopping.";
                    break;
                case LiveLine.OfControl { Name: "caught-up" }:
                    (_problem, _isLive) = (null, true);
                    break;
            }
        }

        Show();
        if (former != (_problem, _isLive, _newer)) StateHasChanged();
    }

    private void Show()
    {
        if (!_isPaused) _shown = [.. _list.Events.Where(IsWanted)];
        _table?.Show(_shown, Heading);
    }

    private bool IsWanted(LiveEvent item) =>
        string.IsNullOrEmpty(Query)
        || item.Name.Contains(Query, StringComparison.OrdinalIgnoreCase)
        || item.Id.Contains(Query, StringComparison.OrdinalIgnoreCase)
        || item.State.Contains(Query, StringComparison.OrdinalIgnoreCase);

    private void CloseEvent() => Keep("event", null);

    private void TogglePause()
    {
        (_isPaused, _newer) = (!_isPaused, 0);
        Show();
    }

    private void Clear()
    {
        _list.Clear();
        (_gap, _shown) = (null, []);
        _table?.Show(_shown, Heading);
    }

    // A page in a background tab has no session: its events would not be read.
    private void OnVisibility() => _ = InvokeAsync(async () =>
    {
        if (!State.IsVisible && _session is { } session)
        {
            (_session, _hiddenAt, _isLive) = (null, Now, false);
            await session.DisposeAsync();
        }
        else if (State.IsVisible && _hiddenAt is { } since)
        {
            _gap = $"The page was hidden from {since:HH:mm:ss} to {Now:HH:mm:ss} UTC; events in between are in the log, and not here.";
            _hiddenAt = null;
            await OpenAsync();
            StateHasChanged();
        }
    });

    private void Toggle(string name, IReadOnlyList<string> chosen, string value) =>
        Keep(name, string.Join(',', chosen.Contains(value) ? chosen.Where(x => x != value) : chosen.Append(value)));

    private void AddCondition()
    {
        if (_field.Trim().Length == 0) return;
        KeepConditions(Filter.Conditions.Append(new LiveCondition(_type, _field.Trim(), _value.Trim())));
        (_field, _value) = ("", "");
    }

    private void RemoveCondition(LiveCondition condition) => KeepConditions(Filter.Conditions.Where(x => x != condition));

    private void KeepConditions(IEnumerable<LiveCondition> conditions) =>
        Keep(new Dictionary<string, object?> { ["where"] = conditions.Select(x => x.Text).Distinct().ToArray() });

    private async Task CopyAsync(string text)
    {
        var copied = await Js.InvokeAsync<bool>("garmConsole.copy", text);
        Snackbar.Add(copied ? "Copied" : "The browser does not let the page copy", copied ? Severity.Success : Severity.Warning);
    }

    private static string[] Words(string? text) => text?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
