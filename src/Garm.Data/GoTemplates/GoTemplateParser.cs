using System.Globalization;

namespace Garm.Data.GoTemplates;

/// <summary>Follows the grammar of blocks and clauses; what stands in an action is <see cref="GoPipelineParser"/>'s.</summary>
internal sealed class GoTemplateParser(IReadOnlyList<GoToken> all)
{
    private readonly GoTokens _tokens = new(all);
    private readonly GoVariables _variables = new();
    private int _rangeDepth;

    /// <exception cref="GoTemplateException">The first error.</exception>
    public void Parse()
    {
        while (_tokens.Peek().Kind != GoTokenKind.End)
        {
            if (ParseNode(mayDefine: true) is { } stray) throw _tokens.Error($"unexpected {{{{{stray}}}}}");
        }
    }

    /// <summary>Until the end of the block; whether that is <c>end</c> or <c>else</c>.</summary>
    private string ParseList()
    {
        while (_tokens.Peek().Kind != GoTokenKind.End)
        {
            if (ParseNode(mayDefine: false) is { } last) return last;
        }

        throw _tokens.Error("unexpected EOF");
    }

    /// <summary>Null, unless the node ends a block.</summary>
    private string? ParseNode(bool mayDefine)
    {
        var token = _tokens.Next();
        if (token.Kind == GoTokenKind.Text) return null;
        if (token.Kind != GoTokenKind.LeftDelimiter) throw _tokens.Unexpected(token, "input");
        _tokens.ActionLine = token.Line;
        try
        {
            return ParseAction(mayDefine);
        }
        finally
        {
            _tokens.ActionLine = 0;
        }
    }

    private string? ParseAction(bool mayDefine)
    {
        var first = _tokens.PeekPastSpace();
        if (first.Kind != GoTokenKind.Keyword || (first.Text == "define" && !mayDefine))
        {
            Pipelines().Parse("command", GoTokenKind.RightDelimiter);
            return null;
        }

        _tokens.NextPastSpace();
        switch (first.Text)
        {
            case "end":
                _tokens.ExpectPastSpace(GoTokenKind.RightDelimiter, "end");
                return "end";
            case "else":
                // What follows is the block's affair: it may be "if" or "with".
                if (_tokens.PeekPastSpace() is not { Kind: GoTokenKind.Keyword, Text: "if" or "with" })
                    _tokens.ExpectPastSpace(GoTokenKind.RightDelimiter, "else");
                return "else";
            case "break" or "continue":
                _tokens.ExpectPastSpace(GoTokenKind.RightDelimiter, first.Text);
                if (_rangeDepth == 0) throw _tokens.Error($"{{{{{first.Text}}}}} outside {{{{range}}}}");
                return null;
            case "define":
                ParseDefinition();
                return null;
            case "template":
                ParseTemplateCall();
                return null;
            case "block":
                ParseBlock();
                return null;
            default:
                ParseControl(first.Text);
                return null;
        }
    }

    private void ParseControl(string context)
    {
        var known = _variables.Count;
        Pipelines().Parse(context, GoTokenKind.RightDelimiter);
        _tokens.ActionLine = 0;
        if (context == "range") _rangeDepth++;
        var last = ParseList();
        if (context == "range") _rangeDepth--;
        if (last == "else") ParseElse(context);
        _variables.ForgetAfter(known);
    }

    private void ParseElse(string context)
    {
        var next = _tokens.PeekPastSpace();
        if (next is { Kind: GoTokenKind.Keyword, Text: "if" or "with" } && next.Text == context)
        {
            // The inner block takes the end for both.
            _tokens.NextPastSpace();
            ParseControl(context);
            return;
        }

        if (next is { Kind: GoTokenKind.Keyword, Text: "if" or "with" }) throw _tokens.Unexpected(next, "input");
        if (ParseList() != "end") throw _tokens.Error("expected end; found {{else}}");
    }

    private void ParseDefinition()
    {
        _tokens.ExpectPastSpace(GoTokenKind.String, "define clause");
        _tokens.ExpectPastSpace(GoTokenKind.RightDelimiter, "define clause");
        _tokens.ActionLine = 0;
        var outer = _variables.Take();
        if (ParseList() != "end") throw _tokens.Error("unexpected {{else}} in define clause");
        _variables.PutBack(outer);
    }

    private void ParseTemplateCall()
    {
        _tokens.ExpectPastSpace(GoTokenKind.String, "template clause");
        if (_tokens.PeekPastSpace().Kind == GoTokenKind.RightDelimiter) _tokens.NextPastSpace();
        else Pipelines().Parse("template clause", GoTokenKind.RightDelimiter);
    }

    private void ParseBlock()
    {
        _tokens.ExpectPastSpace(GoTokenKind.String, "block clause");
        Pipelines().Parse("block clause", GoTokenKind.RightDelimiter);
        _tokens.ActionLine = 0;
        var outer = _variables.Take();
        if (ParseList() != "end") throw _tokens.Error("unexpected {{else}} in block clause");
        _variables.PutBack(outer);
    }

    private GoPipelineParser Pipelines() => new(_tokens, _variables);
}

/// <summary>The variables that an action may use; a block's are forgotten at its end.</summary>
internal sealed class GoVariables
{
    private List<string> _names = ["$"];

    public int Count => _names.Count;

    public void Add(string name) => _names.Add(name);

    public bool Knows(string name) => _names.Contains(name);

    public void ForgetAfter(int count) => _names.RemoveRange(count, _names.Count - count);

    /// <summary>A definition sees none of its surroundings.</summary>
    public List<string> Take()
    {
        var names = _names;
        _names = ["$"];
        return names;
    }

    public void PutBack(List<string> names) => _names = names;
}

/// <summary>The tokens, one after the other, and where an error is.</summary>
internal sealed class GoTokens(IReadOnlyList<GoToken> all)
{
    private int _at;
    private int _line = 1;

    /// <summary>Where the action began; 0 outside.</summary>
    public int ActionLine { get; set; }

    public GoToken Peek()
    {
        var token = all[Math.Min(_at, all.Count - 1)];
        _line = token.Line;
        return token;
    }

    public GoToken Next()
    {
        var token = Peek();
        _at++;
        return token;
    }

    public GoToken PeekPastSpace()
    {
        while (Peek().Kind == GoTokenKind.Space) _at++;
        return Peek();
    }

    public GoToken NextPastSpace()
    {
        PeekPastSpace();
        return Next();
    }

    /// <summary>The token after the variable that comes next, and after space.</summary>
    public GoToken PeekAfterVariable()
    {
        var at = _at + 1;
        while (at < all.Count - 1 && all[at].Kind == GoTokenKind.Space) at++;
        return all[Math.Min(at, all.Count - 1)];
    }

    public void ExpectPastSpace(GoTokenKind kind, string context)
    {
        var token = NextPastSpace();
        if (token.Kind != kind) throw Unexpected(token, context);
    }

    public GoTemplateException Unexpected(GoToken token, string context)
    {
        if (token.Kind != GoTokenKind.Error) return Error($"unexpected {token} in {context}");
        if (ActionLine == 0 || ActionLine == token.Line) return Error(token.Text);
        var where = string.Create(CultureInfo.InvariantCulture, $" started at :{ActionLine}");
        return Error(token.Text.EndsWith(" action", StringComparison.Ordinal) ? token.Text + where : $"{token.Text} in action{where}");
    }

    public GoTemplateException Error(string message) => new(_line, message);
}
