using System.Reflection;

namespace Garm.Contracts;

/// <summary>Which GARM this hub speaks like, and which build it is.</summary>
public static class GarmVersion
{
    /// <summary>The version of GARM whose API the hub speaks.</summary>
    public const string Api = "v0.2.0";

    /// <summary>
    /// What the controller's JSON shows: GARM's version, which clients compare with the least one that they need, and this build's
    /// own as semantic versioning's build metadata, which no comparison looks at. For example <c>v0.2.0+hub.0.1.0</c>.
    /// </summary>
    public static string Text { get; } = $"{Api}+hub.{OwnVersion()}";

    // The build's version may have metadata too (the commit), and a version has one such part only.
    private static string OwnVersion() =>
        typeof(GarmVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
