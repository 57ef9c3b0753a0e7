namespace Garm.Contracts.Text;

/// <summary>Shortens texts.</summary>
public static class TextCut
{
    /// <summary>The beginning of the text, at most <paramref name="longest"/> UTF-16 units; never half of a character.</summary>
    public static string To(string text, int longest)
    {
        if (text.Length <= longest) return text;
        return char.IsHighSurrogate(text[longest - 1]) && char.IsLowSurrogate(text[longest]) ? text[..(longest - 1)] : text[..longest];
    }
}
