namespace Garm.WebConsole.Shell;

/// <summary>What the browser says of one page. A hidden page renders nothing; it catches up when it is seen again.</summary>
public sealed class PageState
{
    /// <summary>Whether somebody can see it.</summary>
    public bool IsVisible { get; private set; } = true;

    /// <summary>Whether its colours are dark.</summary>
    public bool IsDark { get; private set; }

    /// <summary>Raised when either changes.</summary>
    public event Action? Changed;

    /// <summary>Takes what the browser said.</summary>
    public void Set(bool? visible = null, bool? dark = null)
    {
        if ((visible ?? IsVisible) == IsVisible && (dark ?? IsDark) == IsDark) return;
        (IsVisible, IsDark) = (visible ?? IsVisible, dark ?? IsDark);
        Changed?.Invoke();
    }
}
