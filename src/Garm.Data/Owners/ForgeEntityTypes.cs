using Garm.Data.Model;

namespace Garm.Data.Owners;

/// <summary>
/// GARM's names for what runners are registered with, as its dashboards, metrics and runners' tokens have them. A forge instance
/// is <c>instance</c> there, and <c>forge_instance</c> in events only.
/// </summary>
internal static class ForgeEntityTypes
{
    public static string Of(RunnerEntity entity) => entity switch
    {
        Repository => "repository",
        Organization => "organization",
        Enterprise => "enterprise",
        _ => "instance",
    };
}
