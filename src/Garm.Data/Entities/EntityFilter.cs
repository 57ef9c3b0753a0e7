namespace Garm.Data.Entities;

/// <summary>The filter of a list of entities; null or empty matches any. It is case-sensitive, although names are unique without regard to case.</summary>
/// <param name="Owner">Only for repositories.</param>
/// <param name="Name">The name.</param>
/// <param name="Endpoint">The endpoint's name.</param>
public sealed record EntityFilter(string? Owner, string? Name, string? Endpoint)
{
    /// <summary>Whether a value matches a part of the filter.</summary>
    internal static bool Admits(string? wanted, string? value) => string.IsNullOrEmpty(wanted) || wanted == value;
}
