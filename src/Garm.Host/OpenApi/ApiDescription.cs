using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Garm.Contracts;
using Garm.Contracts.Json;
using Garm.Host.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace Garm.Host.OpenApi;

/// <summary>
/// The API's description at <c>/openapi/v1.json</c> and its page at <c>/docs</c>. Both are open, also before the first run.
/// </summary>
internal static class ApiDescription
{
    private const string Document = "v1";
    private const string Bearer = "bearer";
    private const string Webhooks = "/webhooks";

    public static void AddApiDescription(this IServiceCollection services)
    {
        // Only the schemas use these options; answers are written with GarmJson.
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            json.SerializerOptions.DefaultIgnoreCondition = GarmJson.Options.DefaultIgnoreCondition;
        });
        services.AddSingleton(x => new DescriptionText(x.GetRequiredKeyedService<IOpenApiDocumentProvider>(Document)));
        services.AddOpenApi(Document, options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.ShouldInclude = api => IsDescribed($"/{api.RelativePath}");
            options.CreateSchemaReferenceId = info => SchemaNames.Of(info.Type, OpenApiOptions.CreateDefaultSchemaReferenceId(info));
            options.AddSchemaTransformer(GarmSchemas.TransformAsync);
            options.AddOperationTransformer(DescribeAsync);
            options.AddDocumentTransformer(DescribeAsync);
        });
    }

    public static void MapApiDescription(this IEndpointRouteBuilder routes)
    {
        routes.MapGet($"/openapi/{Document}.json", async (HttpContext context, DescriptionText description) =>
        {
            var text = await description.ReadAsync(context.RequestAborted);
            context.Response.ContentType = "application/json;charset=utf-8";
            context.Response.ContentLength = text.Length;
            await context.Response.Body.WriteAsync(text, context.RequestAborted);
        }).ExcludeFromDescription();
        routes.MapScalarApiReference("/docs", page => page
            .WithTitle("Garm")
            .WithOpenApiRoutePattern("/openapi/{documentName}.json")
            .AddDocument(Document)

            // The page loads nothing from other servers.
            .DisableDefaultFonts()
            .DisableTelemetry()
            .DisableAgent()
            .DisableMcp()
            .HideDeveloperTools()
            .HideClientButton());
    }

    /// <summary>Whether the description includes a path.</summary>
    public static bool IsDescribed(string path) =>
        path.StartsWith($"{ApiRoute.Prefix}/", StringComparison.Ordinal)
        || path == Webhooks || path.StartsWith($"{Webhooks}/", StringComparison.Ordinal);

    private static Task DescribeAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellation)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Garm",
            Version = GarmVersion.Text,
            Description = "GARM's REST API, and what this hub has beyond it. Events: /schemas/events.json.",
        };

        // The framework adds a tag for each class that maps routes; no operation has these.
        var used = (document.Paths ?? []).Values
            .SelectMany(x => x.Operations?.Values ?? Enumerable.Empty<OpenApiOperation>())
            .SelectMany(x => x.Tags ?? Enumerable.Empty<OpenApiTagReference>()).Select(x => x.Name).ToHashSet();
        document.Tags = document.Tags?.Where(x => used.Contains(x.Name)).ToHashSet();

        // Relative: the hub does not know the address at which a client reaches it.
        document.Servers = [new OpenApiServer { Url = "/", Description = "The hub that serves this description." }];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes[Bearer] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = Bearer,
            BearerFormat = "JWT",
            Description = "The token of /auth/login; under /callbacks and /metadata a runner's.",
        };
        return Task.CompletedTask;
    }

    private static async Task DescribeAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var document = context.Document!;
        var note = metadata.OfType<OperationNote>().Last();
        var isHead = HttpMethods.IsHead(context.Description.HttpMethod ?? "");
        operation.OperationId = isHead ? $"{note.Id}Head" : note.Id;
        operation.Tags = note.Tags.Select(tag => new OpenApiTagReference(tag, document)).ToHashSet();
        foreach (var tag in note.Tags)
        {
            document.Tags ??= new HashSet<OpenApiTag>();
            if (document.Tags.All(x => x.Name != tag)) document.Tags.Add(new OpenApiTag { Name = tag });
        }

        foreach (var parameter in metadata.OfType<ParameterNote>())
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = parameter.Name,
                In = parameter.InHeader ? ParameterLocation.Header : ParameterLocation.Query,
                Description = parameter.Text,
                Required = parameter.Required,
                Schema = await context.GetOrCreateSchemaAsync(parameter.Type, cancellationToken: cancellation),
            });
        }

        if (metadata.OfType<BodyNote>().LastOrDefault() is { } body) operation.RequestBody = await BodyAsync(body, context, cancellation);
        if (metadata.OfType<NullWhenEmptyNote>().Any()) AllowNull(operation);
        if (isHead) foreach (var response in operation.Responses!.Values.OfType<OpenApiResponse>()) response.Content = null;
        operation.Responses!["default"] = new OpenApiResponse
        {
            Description = "Refused.",
            Content = JsonContent(await SchemaAsync(typeof(ApiError), context, cancellation)),
        };

        if (metadata.OfType<ApiRoute>().LastOrDefault() is { Access: ApiAccess.Administrators or ApiAccess.Runners })
        {
            operation.Security =
            [
                new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] },
            ];
        }
    }

    private static async Task<OpenApiRequestBody> BodyAsync(
        BodyNote body, OpenApiOperationTransformerContext context, CancellationToken cancellation) => new()
        {
            Required = true,
            Content = body.Json is { } type
                ? JsonContent(await SchemaAsync(type, context, cancellation), BodyExamples.Of(type))
                : new Dictionary<string, OpenApiMediaType> { ["application/octet-stream"] = new OpenApiMediaType() },
        };

    private static Dictionary<string, OpenApiMediaType> JsonContent(IOpenApiSchema schema, JsonNode? example = null) =>
        new() { ["application/json"] = new OpenApiMediaType { Schema = schema, Example = example } };

    /// <summary>A reference to the type's schema, which is added where it is not there yet.</summary>
    private static async Task<IOpenApiSchema> SchemaAsync(
        Type type, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var schema = await context.GetOrCreateSchemaAsync(type, cancellationToken: cancellation);
        var name = SchemaNames.Of(type, type.Name)!;
        context.Document!.AddComponent(name, schema);
        return new OpenApiSchemaReference(name, context.Document);
    }

    private static void AllowNull(OpenApiOperation operation)
    {
        foreach (var media in operation.Responses!.Values.SelectMany(x => x.Content?.Values ?? []).OfType<OpenApiMediaType>())
        {
            if (media.Schema is OpenApiSchema schema) schema.Type |= JsonSchemaType.Null;
        }
    }
}
