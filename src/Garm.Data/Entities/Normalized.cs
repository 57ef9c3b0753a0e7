namespace Garm.Data.Entities;

/// <summary>Names are unique and looked up without regard to case, on every engine alike: by a lower-case copy.</summary>
internal static class Normalized
{
    public static string Of(string name) => name.ToLowerInvariant();
}
