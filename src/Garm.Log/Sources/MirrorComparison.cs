using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Garm.Contracts.Events;
using Garm.Contracts.Json;

namespace Garm.Log.Sources;

/// <summary>
/// Whether two forms of one entity say the same. A server's list, its answer for one entity, and its events do not have the same
/// fields; and some fields change by themselves.
/// </summary>
public static class MirrorComparison
{
    private const string UpdatedAt = "updated_at";

    // The order of tags is a matter of chance, and their ids say nothing of the pool.
    private static readonly HashSet<string> Sets = new(StringComparer.Ordinal) { "tags", "aditional_labels", "labels" };

    /// <summary>
    /// Fields that are never compared: another entity's state, or what changes without a change of the entity. Lists leave messages and
    /// addresses of instances out, or have them empty.
    /// </summary>
    private static string[] Ignored(EntityType type) => type switch
    {
        EntityType.Pool or EntityType.ScaleSet => ["instances"],
        EntityType.Instance => ["status_messages", "addresses", "job"],
        EntityType.GithubCredentials or EntityType.GiteaCredentials => ["rate_limit", "repositories", "organizations", "enterprises", "forge_instances"],
        EntityType.Controller => ["hostname", "version"],
        EntityType.Template => ["data"],
        _ => [],
    };

    /// <summary>Whether an event says what the mirror has already.</summary>
    public static bool IsSameEvent(EntityType type, JsonElement mirrored, JsonElement told)
    {
        // An event is as whole as the one before: but for what changes by itself, all of it counts.
        string[] ignored = type switch
        {
            EntityType.GithubCredentials or EntityType.GiteaCredentials => ["rate_limit"],
            EntityType.Pool or EntityType.ScaleSet => ["instances"],
            _ => [],
        };
        return IsSame(mirrored, told, ignored, both: false);
    }

    /// <summary>
    /// Whether a form that the server's REST API gives says the same as the mirror. Where both are of one moment of the entity
    /// (<c>updated_at</c> is the same, or neither has one), a field that only one of them has says nothing. The controller has no
    /// <c>updated_at</c>, and one form.
    /// </summary>
    public static bool IsSameState(EntityType type, JsonElement mirrored, JsonElement listed)
    {
        var sameMoment = type != EntityType.Controller && TimeOf(mirrored) == TimeOf(listed);
        return IsSame(mirrored, listed, Ignored(type), both: sameMoment);
    }

    /// <summary>Whether an event is of an earlier moment than the mirror.</summary>
    public static bool IsOlder(JsonElement mirrored, JsonElement told) =>
        TimeOf(told) is { } then && TimeOf(mirrored) is { } now && then < now;

    /// <summary>
    /// A number that is the same for two list entries that say the same, and with all likelihood another one otherwise; never 0.
    /// </summary>
    public static ulong Fingerprint(EntityType type, JsonElement listed)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer)) Write(writer, listed, Ignored(type), null);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(buffer.GetBuffer().AsSpan(0, (int)buffer.Length), hash);
        return Math.Max(1, BinaryPrimitives.ReadUInt64LittleEndian(hash));
    }

    private static bool IsSame(JsonElement left, JsonElement right, string[] ignored, bool both)
    {
        foreach (var field in left.EnumerateObject())
        {
            if (ignored.Contains(field.Name)) continue;
            if (right.TryGetProperty(field.Name, out var other) ? !IsSameValue(field.Name, field.Value, other) : !both && !IsEmpty(field.Value))
                return false;
        }

        foreach (var field in right.EnumerateObject())
        {
            if (ignored.Contains(field.Name) || both || left.TryGetProperty(field.Name, out _)) continue;
            if (!IsEmpty(field.Value)) return false;
        }

        return true;
    }

    private static bool IsSameValue(string name, JsonElement left, JsonElement right)
    {
        if (left.ValueKind == JsonValueKind.String && right.ValueKind == JsonValueKind.String && IsTimeField(name)
            && Time(left) is { } then && Time(right) is { } now)
        {
            return then == now;
        }

        if (IsEmpty(left) && IsEmpty(right)) return true;
        if (Sets.Contains(name) && left.ValueKind == JsonValueKind.Array && right.ValueKind == JsonValueKind.Array)
            return Sorted(left).SequenceEqual(Sorted(right), StringComparer.Ordinal);
        return left.ValueKind == JsonValueKind.Object && right.ValueKind == JsonValueKind.Object
            ? IsSame(left, right, [], both: false)
            : JsonElement.DeepEquals(left, right);
    }

    private static bool IsTimeField(string name) => name.EndsWith("_at", StringComparison.Ordinal);

    private static IEnumerable<string> Sorted(JsonElement array) => array.EnumerateArray().Select(TextOf).Order(StringComparer.Ordinal);

    private static string TextOf(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty("name", out var name) ? name.ToString() : element.GetRawText();

    // Go leaves out what is empty, in one form and not in the other.
    private static bool IsEmpty(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.False or JsonValueKind.Undefined => true,
        JsonValueKind.String => value.ValueEquals(""u8) || value.ValueEquals("0001-01-01T00:00:00Z"u8),
        JsonValueKind.Number => value.TryGetDouble(out var number) && number == 0,
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.Object => value.EnumerateObject().All(x => IsEmpty(x.Value)),
        _ => false,
    };

    private static DateTimeExact? TimeOf(JsonElement entity) =>
        entity.TryGetProperty(UpdatedAt, out var value) && value.ValueKind == JsonValueKind.String ? Time(value) : null;

    private static DateTimeExact? Time(JsonElement value) => DateTimeExact.Parse(value.GetString()!);

    private static void Write(Utf8JsonWriter writer, JsonElement value, string[] ignored, string? name)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var field in value.EnumerateObject().Where(x => !ignored.Contains(x.Name)).OrderBy(x => x.Name, StringComparer.Ordinal))
                {
                    if (IsEmpty(field.Value)) continue;
                    writer.WritePropertyName(field.Name);
                    Write(writer, field.Value, [], field.Name);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array when name is not null && Sets.Contains(name):
                writer.WriteStartArray();
                foreach (var item in Sorted(value)) writer.WriteStringValue(item);
                writer.WriteEndArray();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray()) Write(writer, item, [], null);
                writer.WriteEndArray();
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }
}

/// <summary>A time with Go's nine digits, of which .NET keeps seven.</summary>
internal readonly record struct DateTimeExact(long UtcSeconds, int Nanoseconds) : IComparable<DateTimeExact>
{
    private static readonly long Zero = DateTimeOffset.MinValue.ToUnixTimeSeconds();

    /// <summary>Null for no time, and for Go's zero.</summary>
    public static DateTimeExact? Parse(string text)
    {
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)) return null;
        var seconds = time.ToUnixTimeSeconds();
        if (seconds == Zero) return null;
        var dot = text.IndexOf('.');
        var nanoseconds = 0;
        var digits = 0;
        for (var i = dot + 1; dot > 0 && i < text.Length && char.IsAsciiDigit(text[i]) && digits < 9; i++, digits++)
            nanoseconds = (nanoseconds * 10) + (text[i] - '0');
        for (; digits < 9; digits++) nanoseconds *= 10;
        return new DateTimeExact(seconds, nanoseconds);
    }

    public int CompareTo(DateTimeExact other) => (UtcSeconds, Nanoseconds).CompareTo((other.UtcSeconds, other.Nanoseconds));

    public static bool operator <(DateTimeExact left, DateTimeExact right) => left.CompareTo(right) < 0;

    public static bool operator >(DateTimeExact left, DateTimeExact right) => left.CompareTo(right) > 0;
}
