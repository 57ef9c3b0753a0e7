using Garm.Data.Model;

namespace Garm.Data.Owners;

/// <summary>
/// GARM's names of the entity kinds in its dashboards, metrics and runners' tokens. There a forge instance
/// is <c>instance</c>; it is <c>forge_instance</c> only in events.
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
