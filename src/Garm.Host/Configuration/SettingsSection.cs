using System.Globalization;
using System.Text.RegularExpressions;

namespace Garm.Host.Configuration;

/// <summary>Reads typed values, and refuses wrong ones by their key.</summary>
internal sealed partial class SettingsSection(IConfiguration configuration, string prefix)
{
    /// <summary>The key that the values are under.</summary>
    public string Path => prefix;

    public string? Text(string key) => configuration[$"{prefix}:{key}"] is { Length: > 0 } text ? text : null;

    /// <summary>A secret, which no message repeats.</summary>
    public string? Secret(string key, int minLength)
    {
        var secret = Text(key);
        if (secret is null || secret.Length >= minLength) return secret;
        throw new SettingException(
            $"{prefix}:{key}", $"it has {secret.Length} characters", $"at least {minLength}, or no value, and then one is generated");
    }

    /// <summary>Secrets, as <c>key:0</c>, <c>key:1</c> … only, because a secret may contain a comma.</summary>
    public IReadOnlyList<string> Secrets(string key, int minLength)
    {
        if (Text(key) is not null)
            throw new SettingException($"{prefix}:{key}", "it is one value", $"{prefix}:{key}:0, {prefix}:{key}:1 …");
        var list = configuration.GetSection($"{prefix}:{key}").GetChildren()
            .Select(x => (x.Path, Value: x.Value ?? "")).Where(x => x.Value.Length > 0).ToList();
        var small = list.FirstOrDefault(x => x.Value.Length < minLength);
        return small.Path is null
            ? [.. list.Select(x => x.Value)]
            : throw new SettingException(small.Path, $"it has {small.Value.Length} characters", $"at least {minLength}");
    }

    public bool Flag(string key, bool defaultValue) => Text(key) is not { } text
        ? defaultValue
        : bool.TryParse(text, out var flag) ? flag : throw Wrong(key, text, "true, false");

    public long Number(string key, long defaultValue, long min, long max) => Text(key) is not { } text
        ? defaultValue
        : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= min && number <= max
            ? number
            : throw Wrong(key, text, $"a whole number from {min} to {max}");

    /// <summary>GARM's notation (<c>24h</c>, <c>1h30m</c>, <c>500ms</c>) or .NET's (<c>1.00:00:30</c>).</summary>
    public TimeSpan Duration(string key, TimeSpan defaultValue, TimeSpan min, TimeSpan max)
    {
        if (Text(key) is not { } text) return defaultValue;
        if (Parse(text) is { } duration && duration >= min && duration <= max) return duration;
        throw Wrong(key, text, $"a duration from {min:c} to {max:c}, such as 24h, 90s, 500ms or 00:00:30");
    }

    public string Choice(string key, string defaultValue, params string[] choices)
    {
        var text = Text(key) ?? defaultValue;
        return choices.FirstOrDefault(x => x.Equals(text, StringComparison.OrdinalIgnoreCase))
            ?? throw Wrong(key, text, string.Join(", ", choices));
    }

    /// <summary>A list: <c>key:0</c>, <c>key:1</c> …, or one value with commas.</summary>
    public IReadOnlyList<string> List(string key)
    {
        var children = configuration.GetSection($"{prefix}:{key}").GetChildren().Select(x => x.Value ?? "").ToList();
        var values = children.Count > 0 ? children : [.. (Text(key) ?? "").Split(',')];
        return [.. values.Select(x => x.Trim()).Where(x => x.Length > 0)];
    }

    public IReadOnlyList<SettingsSection> Children(string key) =>
        [.. configuration.GetSection($"{prefix}:{key}").GetChildren().Select(x => new SettingsSection(configuration, x.Path))];

    public string Required(string key) => Text(key) ?? throw Missing(key, "a text");

    public SettingException Missing(string key, string accepted) => new($"{prefix}:{key}", "it is missing", accepted);

    public SettingException Wrong(string key, string text, string accepted) =>
        new($"{prefix}:{key}", $"\"{text}\" is not accepted", accepted);

    private static TimeSpan? Parse(string text)
    {
        // TimeSpan would read a bare number as days, and GARM would not accept it.
        if (text.Contains(':'))
            return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) ? span : null;
        var match = GoDuration().Match(text);
        if (!match.Success) return null;
        var milliseconds = 0d;
        for (var i = 0; i < match.Groups["number"].Captures.Count; i++)
        {
            var number = double.Parse(match.Groups["number"].Captures[i].Value, CultureInfo.InvariantCulture);
            milliseconds += number * match.Groups["unit"].Captures[i].Value switch
            {
                "h" => 3_600_000,
                "m" => 60_000,
                "s" => 1000,
                _ => 1,
            };
        }

        return milliseconds < TimeSpan.MaxValue.TotalMilliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null;
    }

    [GeneratedRegex(@"^((?<number>\d{1,9}(\.\d{1,9})?)(?<unit>h|ms|m|s))+$", RegexOptions.CultureInvariant)]
    private static partial Regex GoDuration();
}
