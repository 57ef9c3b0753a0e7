using System.Globalization;

namespace Garm.Data.GoTemplates;

/// <summary>
/// Checks that a text is a template of Go's <c>text/template</c>, in whose words the refusals are. Nothing is executed:
/// whether a field exists is known only when a runner is made.
/// </summary>
public static class GoTemplateSyntax
{
    /// <summary>What is wrong, as <c>line 3: unexpected EOF</c>; null when nothing is.</summary>
    public static string? FindError(string text)
    {
        try
        {
            new GoTemplateParser(GoTemplateLexer.Read(text)).Parse();
            return null;
        }
        catch (GoTemplateException error)
        {
            return string.Create(CultureInfo.InvariantCulture, $"line {error.Line}: {error.Message}");
        }
    }
}

/// <summary>A text that is no template.</summary>
internal sealed class GoTemplateException(int line, string message) : Exception(message)
{
    public int Line { get; } = line;
}
