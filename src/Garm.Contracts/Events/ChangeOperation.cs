namespace Garm.Contracts.Events;

/// <summary>The change of an entity.</summary>
public enum ChangeOperation : byte
{
    /// <summary>It was created.</summary>
    Create,

    /// <summary>Its values have changed.</summary>
    Update,

    /// <summary>It was deleted.</summary>
    Delete,
}

/// <summary>The wire names of <see cref="ChangeOperation"/>.</summary>
public static class ChangeOperations
{
    private static readonly string[] Names = ["create", "update", "delete"];

    /// <summary>Every operation, in the order of the enumeration.</summary>
    public static IReadOnlyList<ChangeOperation> All { get; } =
        [ChangeOperation.Create, ChangeOperation.Update, ChangeOperation.Delete];

    /// <summary>The number of operations.</summary>
    public static int Count => Names.Length;

    /// <summary>The name in filters and events.</summary>
    public static string WireName(this ChangeOperation operation) => Names[(int)operation];

    /// <summary>Parses a wire name; case-sensitive, as in GARM.</summary>
    public static bool TryParse(string? name, out ChangeOperation operation)
    {
        var index = Array.IndexOf(Names, name);
        operation = index < 0 ? default : (ChangeOperation)index;
        return index >= 0;
    }
}
