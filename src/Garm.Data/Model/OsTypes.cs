namespace Garm.Data.Model;

/// <summary>Operating systems of runners.</summary>
public static class OsTypes
{
    public const string Linux = "linux";
    public const string Windows = "windows";
}
