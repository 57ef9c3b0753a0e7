using Garm.Data;
using Microsoft.AspNetCore.Components;

namespace Garm.WebConsole.Shell;

/// <summary>A page that renders again when its data changes. In a background tab it renders nothing.</summary>
public abstract class RefreshingPage : ComponentBase, IDisposable
{
    // Ages are shown to the second at first, so a page renders again without a change, too.
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _gone = new();
    private ITimer? _tick;
    private bool _isMissed;

    /// <summary>What the browser says of the page.</summary>
    [Inject] protected PageState State { get; set; } = null!;

    /// <summary>The time.</summary>
    [Inject] protected TimeProvider Time { get; set; } = null!;

    /// <summary>The page's address, which holds its state.</summary>
    [Inject] protected NavigationManager Navigation { get; set; } = null!;

    /// <summary>Ends with the page.</summary>
    protected CancellationToken Gone => _gone.Token;

    /// <summary>Now.</summary>
    protected DateTime Now => Time.GetUtcNow().UtcDateTime;

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        State.Changed += OnState;
        _tick = Time.CreateTimer(_ => Refresh(), null, Tick, Tick);
    }

    /// <summary>Renders soon, from any thread, if somebody sees the page.</summary>
    protected void Refresh()
    {
        if (_gone.IsCancellationRequested) return;
        _isMissed = !State.IsVisible;
        if (!_isMissed) _ = InvokeAsync(RefreshSafelyAsync);
    }

    /// <summary>Reads what the page shows, and renders.</summary>
    protected virtual Task RefreshAsync()
    {
        StateHasChanged();
        return Task.CompletedTask;
    }

    /// <summary>Puts a part of the page's state into its address, in the place of the former one.</summary>
    protected void Keep(string name, string? value) => Keep(new Dictionary<string, object?> { [name] = string.IsNullOrEmpty(value) ? null : value });

    /// <inheritdoc cref="Keep(string, string?)"/>
    protected void Keep(Dictionary<string, object?> values) =>
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(values), replace: true);

    /// <inheritdoc />
    public void Dispose()
    {
        State.Changed -= OnState;
        _tick?.Dispose();
        _gone.Cancel();
        Close();
        GC.SuppressFinalize(this);
    }

    /// <summary>The page is left.</summary>
    protected virtual void Close()
    {
    }

    private async Task RefreshSafelyAsync()
    {
        if (_gone.IsCancellationRequested) return;
        try
        {
            await RefreshAsync();
        }
        catch (Exception e) when (_gone.IsCancellationRequested || e is GarmException { Kind: RefusalKind.Unauthorized })
        {
            // The page was left meanwhile, or its user is logged in no more, which the frame around it says.
        }
        catch (Exception e)
        {
            await DispatchExceptionAsync(e);
        }
    }

    private void OnState()
    {
        if (State.IsVisible && _isMissed) Refresh();
    }
}
