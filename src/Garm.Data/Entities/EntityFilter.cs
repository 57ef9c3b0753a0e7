namespace Garm.Data.Entities;

/// <summary>Which entities a list is asked for; null or empty is any. Case counts, though names are unique without it.</summary>
/// <param name="Owner">Only for repositories.</param>
/// <param name="Name">The name.</param>
/// <param name="Endpoint">The endpoint's name.</param>
public sealed record EntityFilter(string? Owner, string? Name, string? Endpoint)
{
    /// <summary>Whether a part of the filter lets a value pass.</summary>
    internal static bool Admits(string? wanted, string? value) => string.IsNullOrEmpty(wanted) || wanted == value;
}
