namespace Garm.Log.Sources;

/// <summary>The values of <c>status.state</c>.</summary>
public static class SourceStates
{
    /// <summary>Its server is logged in to.</summary>
    public const string Connecting = "connecting";

    /// <summary>Connected; its entities are listed and compared.</summary>
    public const string Listing = "listing";

    /// <summary>The mirror is what was listed last, and the events since.</summary>
    public const string Synced = "synced";

    /// <summary>Something failed, and is tried again.</summary>
    public const string Retrying = "retrying";

    /// <summary>The operator disabled it.</summary>
    public const string Disabled = "disabled";
}
