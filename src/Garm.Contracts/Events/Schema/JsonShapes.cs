using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Garm.Contracts.Json;

namespace Garm.Contracts.Events.Schema;

/// <summary>JSON Schemas of contract types, under the types' names. Absent values are omitted, so nothing is null or required.</summary>
internal sealed class JsonShapes
{
    private readonly SortedDictionary<string, JsonNode> _shapes = new(StringComparer.Ordinal);

    /// <summary>The schemas built so far, and those that they refer to.</summary>
    public IReadOnlyDictionary<string, JsonNode> All => _shapes;

    /// <summary>The schema of a type: a reference for objects, else the schema itself.</summary>
    public JsonObject Of(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string)) return new JsonObject { ["type"] = "string" };
        if (type == typeof(bool)) return new JsonObject { ["type"] = "boolean" };
        if (type == typeof(DateTime)) return new JsonObject { ["type"] = "string", ["format"] = "date-time" };
        if (type == typeof(byte[])) return new JsonObject { ["type"] = "string", ["contentEncoding"] = "base64" };
        if (type == typeof(JsonElement)) return [];
        if (type.IsPrimitive) return Whole(type);

        var info = GarmJson.Options.GetTypeInfo(type);
        if (info.Kind == JsonTypeInfoKind.Enumerable) return new JsonObject { ["type"] = "array", ["items"] = Of(ElementOf(type)) };
        if (info.Kind != JsonTypeInfoKind.Object) throw new NotSupportedException($"there is no schema for {type}");
        var name = NameOf(type);
        if (!_shapes.ContainsKey(name))
        {
            // Before its properties, which may refer to it.
            var shape = new JsonObject { ["type"] = "object" };
            _shapes[name] = shape;
            var properties = new JsonObject();
            foreach (var property in info.Properties) properties[property.Name] = OfProperty(property);
            shape["properties"] = properties;
        }

        return Reference(name);
    }

    /// <summary>A reference to a definition.</summary>
    public static JsonObject Reference(string name) => new() { ["$ref"] = $"#/$defs/{name}" };

    private JsonObject OfProperty(JsonPropertyInfo property)
    {
        var shape = Of(property.PropertyType);
        return IsWrittenAsNull(property)
            ? new JsonObject { ["anyOf"] = new JsonArray(shape, new JsonObject { ["type"] = "null" }) }
            : shape;
    }

    private static bool IsWrittenAsNull(JsonPropertyInfo property) =>
        !property.PropertyType.IsValueType && property.AttributeProvider is { } provider
        && provider.GetCustomAttributes(typeof(JsonIgnoreAttribute), inherit: false)
            .OfType<JsonIgnoreAttribute>().Any(x => x.Condition == JsonIgnoreCondition.Never);

    // The value of JsonTypeInfo.ElementType, which .NET 8 does not have.
    private static Type ElementOf(Type list) =>
        list.GetElementType() ?? list.GetInterfaces().Append(list)
            .First(x => x.IsGenericType && x.GetGenericTypeDefinition() == typeof(IEnumerable<>)).GetGenericArguments()[0];

    private static JsonObject Whole(Type type)
    {
        var shape = new JsonObject { ["type"] = "integer" };
        if (type == typeof(uint) || type == typeof(ulong) || type == typeof(ushort) || type == typeof(byte)) shape["minimum"] = 0;
        return shape;
    }

    private static string NameOf(Type type) =>
        type.Name.EndsWith("View", StringComparison.Ordinal) ? type.Name[..^"View".Length] : type.Name;
}
