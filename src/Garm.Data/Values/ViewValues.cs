namespace Garm.Data.Values;

/// <summary>Leaves values out of views as GARM's JSON does, and checks that a view's navigations are loaded.</summary>
internal static class ViewValues
{
    /// <summary>Null for an empty text, which GARM leaves out.</summary>
    public static string? OrNull(string? text) => string.IsNullOrEmpty(text) ? null : text;

    /// <summary>Null for an empty list, which GARM leaves out.</summary>
    public static IReadOnlyList<T>? OrNull<T>(IEnumerable<T> items) => items.ToList() is { Count: > 0 } list ? list : null;

    /// <summary>The navigation.</summary>
    /// <exception cref="InvalidOperationException">It is not loaded.</exception>
    public static T Loaded<T>(T? navigation)
        where T : class =>
        navigation ?? throw new InvalidOperationException($"a view needs its {typeof(T).Name} loaded");
}
