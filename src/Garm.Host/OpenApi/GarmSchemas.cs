using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Garm.Host.OpenApi;

/// <summary>What the schemas cannot know from the types: how times are written, and that absent values are left out.</summary>
internal static class GarmSchemas
{
    public static Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellation)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (type == typeof(DateTime)) (schema.Type, schema.Format) = (JsonSchemaType.String, "date-time");
        return Task.CompletedTask;
    }
}

/// <summary>The schemas' names: those of the types, without the word by which the code tells views from entities.</summary>
internal static class SchemaNames
{
    private const string View = "View";

    /// <summary>Null for what stays where it is used.</summary>
    public static string? Of(Type type, string? name) => name switch
    {
        null => null,
        _ when type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Contracts.Entities.PageView<>) =>
            $"{Of(type.GenericTypeArguments[0], type.GenericTypeArguments[0].Name)}Page",
        _ when name.EndsWith(View, StringComparison.Ordinal) => name[..^View.Length],
        _ => name,
    };
}
