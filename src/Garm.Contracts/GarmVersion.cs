using System.Reflection;

namespace Garm.Contracts;

/// <summary>The version of GARM whose API the hub has, and the hub's own.</summary>
public static class GarmVersion
{
    /// <summary>The version of GARM whose API the hub has.</summary>
    public const string Api = "v0.2.0";

    /// <summary>
    /// The version in the controller's JSON: GARM's version, which clients compare with their minimum, and this build's
    /// own as build metadata of semantic versioning, which comparisons ignore. For example <c>v0.2.0+hub.0.1.0</c>.
    /// </summary>
    public static string Text { get; } = $"{Api}+hub.{OwnVersion()}";

    // The build's version may have metadata too (the commit), but a version can have only one such part.
    private static string OwnVersion() =>
        typeof(GarmVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
