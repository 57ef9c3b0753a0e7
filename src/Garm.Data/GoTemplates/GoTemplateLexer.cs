using System.Globalization;
using System.Text.RegularExpressions;

namespace Garm.Data.GoTemplates;

/// <summary>Takes a template of Go's <c>text/template</c> apart; ends with an error or with the end of the text.</summary>
internal sealed partial class GoTemplateLexer(string text)
{
    private static readonly HashSet<string> Keywords =
        ["block", "break", "continue", "define", "else", "end", "if", "range", "template", "with"];

    private readonly List<GoToken> _tokens = [];
    private int _at;
    private int _line = 1;

    /// <summary>All tokens.</summary>
    public static IReadOnlyList<GoToken> Read(string text)
    {
        var lexer = new GoTemplateLexer(text);
        while (lexer.ReadText() && lexer.ReadAction())
        {
            // Text and actions alternate.
        }

        return lexer._tokens;
    }

    private bool IsFailed => _tokens is [.., { Kind: GoTokenKind.Error }];

    private bool ReadText()
    {
        var open = text.IndexOf("{{", _at, StringComparison.Ordinal);
        var end = open < 0 ? text.Length : open;
        if (end > _at) Add(GoTokenKind.Text, end - _at);
        if (open >= 0) return true;
        Add(GoTokenKind.End, 0);
        return false;
    }

    private bool ReadAction()
    {
        var trims = Continues("{{-") && _at + 3 < text.Length && IsSpace(text[_at + 3]);
        var start = trims ? 4 : 2;
        if (Continues("/*", start)) return SkipComment(start);
        Add(GoTokenKind.LeftDelimiter, trims ? 3 : 2);
        for (var depth = 0; ;)
        {
            if (RightDelimiterLength(_at) is > 0 and var length)
            {
                if (depth > 0) return Fail("unclosed left paren");
                Add(GoTokenKind.RightDelimiter, length);
                return true;
            }

            if (_at == text.Length) return Fail("unclosed action");
            if (text[_at] == '(') depth++;
            if (text[_at] == ')' && --depth < 0) return Fail("unexpected right paren");
            ReadPart();
            if (IsFailed) return false;
        }
    }

    private bool SkipComment(int start)
    {
        var end = text.IndexOf("*/", _at + start + 2, StringComparison.Ordinal);
        if (end < 0) return Fail("unclosed comment");
        var closing = RightDelimiterLength(end + 2);
        if (closing == 0) return Fail("comment ends before closing delimiter");
        Move(end + 2 + closing - _at);
        return true;
    }

    private void ReadPart()
    {
        var first = text[_at];
        if (IsSpace(first)) ReadSpace();
        else if (first == '=') Add(GoTokenKind.Assign, 1);
        else if (first == ':') ReadDeclare();
        else if (first == '|') Add(GoTokenKind.Pipe, 1);
        else if (first is '"' or '\'') ReadQuoted(first);
        else if (first == '`') ReadRaw();
        else if (first == '$') ReadName(GoTokenKind.Variable);
        else if (first == '.' && !IsDigit(_at + 1)) ReadName(GoTokenKind.Field);
        else if (first is '.' or '+' or '-' || char.IsAsciiDigit(first)) ReadNumber();
        else if (IsNameLetter(first)) ReadName(GoTokenKind.Identifier);
        else if (first == '(') Add(GoTokenKind.LeftParenthesis, 1);
        else if (first == ')') Add(GoTokenKind.RightParenthesis, 1);
        else if (first is > ' ' and < '\x7f') Add(GoTokenKind.Other, 1);
        else Fail($"unrecognized character in action: {Show(first)}");
    }

    private void ReadSpace()
    {
        var end = _at;
        while (end < text.Length && IsSpace(text[end]) && RightDelimiterLength(end) == 0) end++;
        Add(GoTokenKind.Space, end - _at);
    }

    private void ReadDeclare()
    {
        if (Continues(":=")) Add(GoTokenKind.Declare, 2);
        else Fail("expected :=");
    }

    private void ReadQuoted(char quote)
    {
        var end = _at + 1;
        while (end < text.Length && text[end] != quote && text[end] != '\n') end += text[end] == '\\' ? 2 : 1;
        if (end < text.Length && text[end] == quote)
            Add(quote == '"' ? GoTokenKind.String : GoTokenKind.Character, end + 1 - _at);
        else
            Fail(quote == '"' ? "unterminated quoted string" : "unterminated character constant");
    }

    private void ReadRaw()
    {
        var end = text.IndexOf('`', _at + 1);
        if (end < 0) Fail("unterminated raw quoted string");
        else Add(GoTokenKind.String, end + 1 - _at);
    }

    private void ReadNumber()
    {
        var length = Number().Match(text, _at).Length;
        if (length > 0 && !(_at + length < text.Length && IsNameLetter(text[_at + length])))
        {
            Add(GoTokenKind.Number, length);
            return;
        }

        var end = _at + 1;
        while (end < text.Length && (IsNameLetter(text[end]) || text[end] == '.')) end++;
        Fail($"bad number syntax: {GoText.Quote(text[_at..end])}");
    }

    private void ReadName(GoTokenKind kind)
    {
        var end = kind == GoTokenKind.Identifier ? _at : _at + 1;
        while (end < text.Length && IsNameLetter(text[end])) end++;
        var name = text[_at..end];
        if (end < text.Length && !IsTerminator(end)) Fail($"bad character {Show(text[end])}");
        else Add(KindOf(kind, name), name.Length);
    }

    private static GoTokenKind KindOf(GoTokenKind kind, string name) => name switch
    {
        "." => GoTokenKind.Dot,
        "nil" => GoTokenKind.Nil,
        "true" or "false" => GoTokenKind.Bool,
        _ => Keywords.Contains(name) ? GoTokenKind.Keyword : kind,
    };

    private bool IsTerminator(int at) =>
        IsSpace(text[at]) || text[at] is '.' or ',' or '|' or ':' or ')' or '(' || RightDelimiterLength(at) > 0;

    /// <summary>With the marker that trims: a space and a minus before the braces.</summary>
    private int RightDelimiterLength(int at)
    {
        if (string.CompareOrdinal(text, at, "}}", 0, 2) == 0) return 2;
        return at < text.Length && IsSpace(text[at]) && string.CompareOrdinal(text, at + 1, "-}}", 0, 3) == 0 ? 4 : 0;
    }

    private bool Continues(string with, int after = 0) => string.CompareOrdinal(text, _at + after, with, 0, with.Length) == 0;

    private bool IsDigit(int at) => at < text.Length && char.IsAsciiDigit(text[at]);

    private static bool IsSpace(char letter) => letter is ' ' or '\t' or '\r' or '\n';

    private static bool IsNameLetter(char letter) => letter == '_' || char.IsLetterOrDigit(letter);

    private static string Show(char letter) => string.Create(CultureInfo.InvariantCulture, $"U+{(int)letter:X4} '{letter}'");

    private bool Fail(string message)
    {
        _tokens.Add(new GoToken(GoTokenKind.Error, message, _line));
        return false;
    }

    private void Add(GoTokenKind kind, int length)
    {
        _tokens.Add(new GoToken(kind, text.Substring(_at, length), _line));
        Move(length);
    }

    private void Move(int length)
    {
        _line += text.AsSpan(_at, length).Count('\n');
        _at += length;
    }

    [GeneratedRegex(
        @"\G[+-]?(0[xX][0-9a-fA-F_]+|0[oO]?[0-7_]+|0[bB][01_]+|([0-9][0-9_]*)?\.?[0-9_]*([eEpP][+-]?[0-9_]+)?)i?",
        RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
