namespace Garm.WebConsole.Shell;

/// <summary>What the browser says of one page. A hidden page renders nothing; it catches up when it is seen again.</summary>
public sealed class PageState
{
    /// <summary>Whether somebody can see it.</summary>
    public bool IsVisible { get; private set; } = true;

    /// <summary>Raised when it changes.</summary>
    public event Action? Changed;

    /// <summary>Takes what the browser said.</summary>
    public void Set(bool visible)
    {
        if (visible == IsVisible) return;
        IsVisible = visible;
        Changed?.Invoke();
    }
}
