using System.Text;

namespace Garm.Data.Webhooks;

/// <summary>
/// Finds what is wrong with a JSON text and says it in the words of Go's encoding/json, which GARM passes on to whoever sent
/// it. Looks at the syntax only.
/// </summary>
internal ref struct GoJsonSyntax
{
    /// <summary>Go's limit.</summary>
    private const int MaxDepth = 10_000;

    private const string Ended = "unexpected end of JSON input";

    private readonly ReadOnlySpan<byte> _text;
    private readonly Stack<bool> _open = new();
    private int _at;
    private string? _fault;

    private GoJsonSyntax(ReadOnlySpan<byte> text) => _text = text;

    /// <summary>The first fault, or null for a text that is JSON.</summary>
    public static string? FaultOf(ReadOnlySpan<byte> text)
    {
        var scanner = new GoJsonSyntax(text);
        scanner.Scan();
        return scanner._fault;
    }

    // Not by recursion: a text may nest deeper than the stack is high.
    private void Scan()
    {
        var isKey = false;
        var mayClose = false;
        while (true)
        {
            SkipSpace();
            if (_at >= _text.Length)
            {
                _fault = Ended;
                return;
            }

            if (mayClose && _text[_at] == (_open.Peek() ? '}' : ']'))
            {
                _at++;
                _open.Pop();
            }
            else if (isKey)
            {
                if (_text[_at] != '"') Fail("looking for beginning of object key string");
                else if (Text() && Expect(':', "after object key"))
                {
                    isKey = mayClose = false;
                    continue;
                }

                return;
            }
            else if (_text[_at] is (byte)'{' or (byte)'[')
            {
                var isObject = _text[_at++] == '{';
                _open.Push(isObject);
                if (_open.Count > MaxDepth)
                {
                    _fault = "exceeded max depth";
                    return;
                }

                isKey = isObject;
                mayClose = true;
                continue;
            }
            else if (!Scalar())
            {
                return;
            }

            if (!AfterValue(ref isKey)) return;
            mayClose = false;
        }
    }

    /// <summary>Closes what ends here and finds the comma; false at the end of the text or at a fault.</summary>
    private bool AfterValue(ref bool isKey)
    {
        while (true)
        {
            SkipSpace();
            if (_open.Count == 0)
            {
                if (_at < _text.Length) Fail("after top-level value");
                return false;
            }

            var isObject = _open.Peek();
            if (_at >= _text.Length)
            {
                _fault = Ended;
                return false;
            }

            var next = _text[_at];
            if (next == ',')
            {
                _at++;
                isKey = isObject;
                return true;
            }

            if (next != (isObject ? '}' : ']'))
            {
                Fail(isObject ? "after object key:value pair" : "after array element");
                return false;
            }

            _at++;
            _open.Pop();
        }
    }

    private bool Scalar() => (char)_text[_at] switch
    {
        '"' => Text(),
        't' => Literal("true"),
        'f' => Literal("false"),
        'n' => Literal("null"),
        '-' or (>= '0' and <= '9') => Number(),
        _ => Fail("looking for beginning of value"),
    };

    private bool Literal(string word)
    {
        for (var i = 0; i < word.Length; i++, _at++)
        {
            if (_at >= _text.Length) return End();
            if (_text[_at] != word[i]) return Fail($"in literal {word} (expecting {Quote((byte)word[i])})");
        }

        return true;
    }

    private bool Text()
    {
        _at++;
        while (_at < _text.Length)
        {
            var next = _text[_at];
            if (next == '"')
            {
                _at++;
                return true;
            }

            if (next < 0x20) return Fail("in string literal");
            _at++;
            if (next == '\\' && !Escape()) return false;
        }

        return End();
    }

    private bool Escape()
    {
        if (_at >= _text.Length) return End();
        var kind = _text[_at];
        if (!"bfnrt\\/\"u".Contains((char)kind)) return Fail("in string escape code");
        _at++;
        for (var i = 0; kind == 'u' && i < 4; i++, _at++)
        {
            if (_at >= _text.Length) return End();
            if (!char.IsAsciiHexDigit((char)_text[_at])) return Fail("in \\u hexadecimal character escape");
        }

        return true;
    }

    private bool Number()
    {
        if (_text[_at] == '-') _at++;
        if (!Digit("in numeric literal")) return false;
        if (_text[_at - 1] != '0') SkipDigits();
        if (Is('.'))
        {
            _at++;
            if (!Digit("after decimal point in numeric literal")) return false;
            SkipDigits();
        }

        if (!Is('e') && !Is('E')) return true;
        _at++;
        if (Is('+') || Is('-')) _at++;
        if (!Digit("in exponent of numeric literal")) return false;
        SkipDigits();
        return true;
    }

    private bool Digit(string place)
    {
        if (_at >= _text.Length) return End();
        if (!char.IsAsciiDigit((char)_text[_at])) return Fail(place);
        _at++;
        return true;
    }

    private readonly bool Is(char c) => _at < _text.Length && _text[_at] == c;

    private void SkipDigits()
    {
        while (_at < _text.Length && char.IsAsciiDigit((char)_text[_at])) _at++;
    }

    private bool Expect(char c, string place)
    {
        SkipSpace();
        if (_at >= _text.Length) return End();
        if (_text[_at] != c) return Fail(place);
        _at++;
        return true;
    }

    private void SkipSpace()
    {
        while (_at < _text.Length && _text[_at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') _at++;
    }

    private bool End()
    {
        _fault = Ended;
        return false;
    }

    private bool Fail(string place)
    {
        _fault = $"invalid character {Quote(_text[_at])} {place}";
        return false;
    }

    private static string Quote(byte c) => c switch
    {
        (byte)'\'' => @"'\''",
        (byte)'"' => "'\"'",
        (byte)'\\' => @"'\\'",
        (byte)'\a' => @"'\a'",
        (byte)'\b' => @"'\b'",
        (byte)'\f' => @"'\f'",
        (byte)'\n' => @"'\n'",
        (byte)'\r' => @"'\r'",
        (byte)'\t' => @"'\t'",
        (byte)'\v' => @"'\v'",
        < 0x20 or 0x7f => $@"'\x{c:x2}'",
        >= 0x80 and < 0xa0 or 0xad => $@"'\u{(int)c:x4}'",
        _ => $"'{Encoding.Latin1.GetString([c])}'",
    };
}
