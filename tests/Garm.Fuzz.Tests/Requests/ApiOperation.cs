using System.Text.Json.Nodes;

namespace Garm.Fuzz.Tests.Requests;

/// <summary>A parameter of an operation.</summary>
/// <param name="Name">Its name.</param>
/// <param name="In"><c>path</c>, <c>query</c> or <c>header</c>.</param>
/// <param name="IsNumber">Whether its values are numbers.</param>
internal sealed record ApiParameter(string Name, string In, bool IsNumber);

/// <summary>An operation of the API's description.</summary>
/// <param name="Method">In capitals.</param>
/// <param name="Path">With parameters in braces.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Body">The schema of its JSON body; null for none.</param>
/// <param name="TakesBytes">Whether its body is any bytes.</param>
internal sealed record ApiOperation(string Method, string Path, IReadOnlyList<ApiParameter> Parameters, JsonObject? Body, bool TakesBytes)
{
    private static readonly string[] Methods = ["get", "post", "put", "delete", "head"];

    /// <summary>The name of its entities: the last segment of the path that is not a parameter.</summary>
    public string Subject => Path.Split('/').Last(x => x.Length > 0 && x[0] != '{');

    /// <summary>All operations of a description.</summary>
    public static IReadOnlyList<ApiOperation> ReadAll(JsonObject description) =>
    [
        .. from path in description["paths"]!.AsObject()
           from method in path.Value!.AsObject()
           where Methods.Contains(method.Key)
           let operation = method.Value!.AsObject()
           let content = operation["requestBody"]?["content"]?.AsObject()
           select new ApiOperation(
               method.Key.ToUpperInvariant(), path.Key, ParametersOf(path.Value!["parameters"], operation["parameters"]),
               content?["application/json"]?["schema"]?.AsObject(), content is not null && !content.ContainsKey("application/json")),
    ];

    private static List<ApiParameter> ParametersOf(params JsonNode?[] lists) =>
    [
        .. from list in lists.OfType<JsonArray>()
           from parameter in list
           select new ApiParameter(
               (string)parameter!["name"]!, (string)parameter["in"]!,
               parameter["schema"]?["type"]?.ToJsonString().Contains("integer", StringComparison.Ordinal) == true),
    ];
}
