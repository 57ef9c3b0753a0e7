namespace Garm.Data.GoTemplates;

/// <summary>What the parts of an action are.</summary>
internal enum GoTokenKind
{
    Text,
    LeftDelimiter,
    RightDelimiter,
    Space,
    Identifier,
    Keyword,
    Variable,
    Field,
    Dot,
    Nil,
    Bool,
    Number,
    Character,
    String,
    Assign,
    Declare,
    Pipe,
    LeftParenthesis,
    RightParenthesis,
    Other,
    Error,
    End,
}

/// <summary>A part of a template, or what is wrong there.</summary>
internal readonly record struct GoToken(GoTokenKind Kind, string Text, int Line)
{
    /// <summary>As Go's messages show it.</summary>
    public override string ToString() => Kind switch
    {
        GoTokenKind.End => "EOF",
        GoTokenKind.Error => Text,
        GoTokenKind.Keyword or GoTokenKind.Nil or GoTokenKind.Dot => $"<{Text}>",
        _ when Text.Length > 10 => $"{GoText.Quote(Text[..10])}...",
        _ => GoText.Quote(Text),
    };
}
