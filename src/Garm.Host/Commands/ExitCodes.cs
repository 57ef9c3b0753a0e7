namespace Garm.Host.Commands;

/// <summary>The exit codes of the process.</summary>
internal static class ExitCodes
{
    /// <summary>The hub stopped on request.</summary>
    public const int Ok = 0;

    /// <summary>The hub could not start, or failed.</summary>
    public const int Failed = 1;

    /// <summary>A setting is wrong.</summary>
    public const int WrongSetting = 2;
}
