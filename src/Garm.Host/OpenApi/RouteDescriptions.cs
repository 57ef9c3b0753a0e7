namespace Garm.Host.OpenApi;

/// <summary>The operation id of a route, as in GARM's client, and its tags.</summary>
internal sealed record OperationNote(string Id, string[] Tags);

/// <summary>The type of a route's JSON body; null for a body of any bytes.</summary>
internal sealed record BodyNote(Type? Json);

/// <summary>A query parameter or header that the handler reads itself, so the framework does not see it.</summary>
internal sealed record ParameterNote(string Name, bool InHeader, Type Type, string Text, bool Required);

/// <summary>Marks a route whose answer is <c>null</c> for an empty list, as in GARM.</summary>
internal sealed record NullWhenEmptyNote;

/// <summary>
/// Describes what a route takes and answers. Only the API's description reads these notes: the framework's own methods would make
/// the route refuse content types that GARM accepts.
/// </summary>
internal static class RouteDescriptions
{
    /// <summary>Gives a route its operation id and tags.</summary>
    public static RouteHandlerBuilder Describes(this RouteHandlerBuilder route, string id, params string[] tags) =>
        route.WithMetadata(new OperationNote(id, tags));

    /// <summary>The type of the JSON body.</summary>
    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder route) => route.WithMetadata(new BodyNote(typeof(T)));

    /// <summary>The body is any bytes.</summary>
    public static RouteHandlerBuilder TakesBytes(this RouteHandlerBuilder route) => route.WithMetadata(new BodyNote(null));

    /// <summary>200 with this JSON.</summary>
    public static RouteHandlerBuilder Answers<T>(this RouteHandlerBuilder route) =>
        route.Produces<T>(StatusCodes.Status200OK, "application/json");

    /// <summary>200 with this list, or <c>null</c> when there is none.</summary>
    public static RouteHandlerBuilder AnswersListOrNull<T>(this RouteHandlerBuilder route) =>
        route.Answers<IReadOnlyList<T>>().WithMetadata(new NullWhenEmptyNote());

    /// <summary>A status without a body.</summary>
    public static RouteHandlerBuilder AnswersNothing(this RouteHandlerBuilder route, int status = StatusCodes.Status200OK) =>
        route.Produces(status);

    /// <summary>200 with a body of another type than JSON.</summary>
    public static RouteHandlerBuilder AnswersBytes(this RouteHandlerBuilder route, string mediaType, params string[] others) =>
        route.Produces<Stream>(StatusCodes.Status200OK, mediaType, others);

    /// <summary>A query parameter.</summary>
    public static RouteHandlerBuilder Query<T>(this RouteHandlerBuilder route, string name, string text) =>
        route.WithMetadata(new ParameterNote(name, InHeader: false, typeof(T), text, Required: false));

    /// <summary>A header.</summary>
    public static RouteHandlerBuilder Header(this RouteHandlerBuilder route, string name, string text, bool required = false) =>
        route.WithMetadata(new ParameterNote(name, InHeader: true, typeof(string), text, required));
}
