using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Garm.Host.OpenApi;

/// <summary>Adds to the schemas what the types do not show: the format of times, and that views leave out null.</summary>
internal static class GarmSchemas
{
    public static Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellation)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (type == typeof(DateTime)) (schema.Type, schema.Format) = (JsonSchemaType.String, "date-time");
        if (IsLeftOutWhenNull(context.JsonPropertyInfo)) schema.Type &= ~JsonSchemaType.Null;
        return Task.CompletedTask;
    }

    /// <summary>Answers leave out null; requests may contain null, which equals leaving the field out.</summary>
    private static bool IsLeftOutWhenNull(JsonPropertyInfo? property) =>
        property is not null && property.DeclaringType.Name.EndsWith(SchemaNames.View, StringComparison.Ordinal)
        && !(property.AttributeProvider?.GetCustomAttributes(typeof(JsonIgnoreAttribute), inherit: false)
            .OfType<JsonIgnoreAttribute>().Any(x => x.Condition == JsonIgnoreCondition.Never) ?? false);
}

/// <summary>Names of the schemas: those of the types, without the suffix <c>View</c>.</summary>
internal static class SchemaNames
{
    public const string View = "View";

    /// <summary>The name of a type's schema; null for a schema that is written inline.</summary>
    public static string? Of(Type type, string? name) => name switch
    {
        null => null,

        // Any JSON including null: a nullable reference would allow null twice.
        _ when type == typeof(JsonElement) || type == typeof(JsonElement?) => null,
        _ when type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Contracts.Entities.PageView<>) =>
            $"{Of(type.GenericTypeArguments[0], type.GenericTypeArguments[0].Name)}Page",
        _ when name.EndsWith(View, StringComparison.Ordinal) => name[..^View.Length],
        _ => name,
    };
}
