using System.Globalization;

namespace Garm.Data.GoTemplates;

/// <summary>Follows the grammar of what stands in an action: declarations, commands, operands.</summary>
internal sealed class GoPipelineParser(GoTokens tokens, GoVariables variables)
{
    private static readonly HashSet<string> Functions =
    [
        "and", "call", "eq", "ge", "gt", "html", "index", "js", "le", "len", "lt", "ne", "not", "or", "print", "printf",
        "println", "slice", "urlquery",
    ];

    /// <summary>Up to and with the token that ends it.</summary>
    /// <param name="context">What Go's messages call it.</param>
    /// <param name="end">The delimiter or the parenthesis.</param>
    public void Parse(string context, GoTokenKind end)
    {
        ParseDeclarations(context);
        var stage = 0;
        while (true)
        {
            var token = tokens.PeekPastSpace();
            if (token.Kind == end)
            {
                tokens.Next();
                if (stage == 0) throw tokens.Error($"missing value for {context}");
                return;
            }

            if (!BeginsOperand(token.Kind)) throw tokens.Unexpected(tokens.Next(), context);
            stage++;
            if (stage > 1 && IsConstant(token.Kind))
                throw tokens.Error(string.Create(CultureInfo.InvariantCulture, $"non executable command in pipeline stage {stage}"));
            ParseCommand();
        }
    }

    private void ParseDeclarations(string context)
    {
        var isSecond = false;
        while (tokens.PeekPastSpace() is { Kind: GoTokenKind.Variable } variable)
        {
            var following = tokens.PeekAfterVariable();
            if (following.Kind is GoTokenKind.Assign or GoTokenKind.Declare)
            {
                tokens.NextPastSpace();
                tokens.NextPastSpace();
                variables.Add(variable.Text);
                return;
            }

            if (following is not { Kind: GoTokenKind.Other, Text: "," }) return;
            tokens.NextPastSpace();
            tokens.NextPastSpace();
            variables.Add(variable.Text);
            if (context != "range" || isSecond) throw tokens.Error($"too many declarations in {context}");
            if (tokens.PeekPastSpace().Kind is not (GoTokenKind.Variable or GoTokenKind.RightDelimiter or GoTokenKind.RightParenthesis))
                throw tokens.Error("range can only initialize variables");
            isSecond = true;
        }
    }

    private void ParseCommand()
    {
        for (var any = false; ;)
        {
            tokens.PeekPastSpace();
            if (ParseOperand()) any = true;
            var token = tokens.Peek();
            switch (token.Kind)
            {
                case GoTokenKind.Space:
                    tokens.Next();
                    continue;
                case GoTokenKind.RightDelimiter or GoTokenKind.RightParenthesis:
                    break;
                case GoTokenKind.Pipe:
                    tokens.Next();
                    break;
                default:
                    throw tokens.Unexpected(tokens.Next(), "operand");
            }

            if (!any) throw tokens.Error("empty command");
            return;
        }
    }

    private bool ParseOperand()
    {
        var token = tokens.Peek();
        if (!BeginsOperand(token.Kind)) return false;
        tokens.Next();
        switch (token.Kind)
        {
            case GoTokenKind.Identifier when !Functions.Contains(token.Text):
                throw tokens.Error($"function {GoText.Quote(token.Text)} not defined");
            case GoTokenKind.Variable when !variables.Knows(token.Text):
                throw tokens.Error($"undefined variable {GoText.Quote(token.Text)}");
            case GoTokenKind.LeftParenthesis:
                Parse("parenthesized pipeline", GoTokenKind.RightParenthesis);
                break;
        }

        if (tokens.Peek().Kind != GoTokenKind.Field) return true;
        if (IsConstant(token.Kind)) throw tokens.Error($"unexpected . after term {GoText.Quote(token.Text)}");
        while (tokens.Peek().Kind == GoTokenKind.Field) tokens.Next();
        return true;
    }

    private static bool BeginsOperand(GoTokenKind kind) => IsConstant(kind) || kind is GoTokenKind.Field
        or GoTokenKind.Identifier or GoTokenKind.Variable or GoTokenKind.LeftParenthesis;

    private static bool IsConstant(GoTokenKind kind) => kind is GoTokenKind.Bool or GoTokenKind.Character
        or GoTokenKind.Dot or GoTokenKind.Nil or GoTokenKind.Number or GoTokenKind.String;
}
