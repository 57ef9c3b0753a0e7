namespace Garm.Host.OpenApi;

/// <summary>What the API's description says of a route: its name, as GARM's client knows it, and its tags.</summary>
internal sealed record OperationNote(string Id, string[] Tags);

/// <summary>What the route reads from the body, or that it takes bytes of any kind.</summary>
internal sealed record BodyNote(Type? Json);

/// <summary>A value in the query or a header that the handler reads by itself.</summary>
internal sealed record ParameterNote(string Name, bool InHeader, Type Type, string Text, bool Required);

/// <summary>The answer is <c>null</c> where the list is empty, as GARM has it.</summary>
internal sealed record NullWhenEmptyNote;

/// <summary>
/// Says what a route takes and gives. Only the description reads it: the framework's own way to name a body would make it
/// refuse other content types, which GARM takes.
/// </summary>
internal static class RouteDescriptions
{
    /// <summary>Names a route and groups it.</summary>
    public static RouteHandlerBuilder Describes(this RouteHandlerBuilder route, string id, params string[] tags) =>
        route.WithMetadata(new OperationNote(id, tags));

    /// <summary>The JSON that it reads.</summary>
    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder route) => route.WithMetadata(new BodyNote(typeof(T)));

    /// <summary>It reads bytes as they are.</summary>
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

    /// <summary>200 with something else than JSON.</summary>
    public static RouteHandlerBuilder AnswersBytes(this RouteHandlerBuilder route, string mediaType, params string[] others) =>
        route.Produces<Stream>(StatusCodes.Status200OK, mediaType, others);

    /// <summary>A value of the query.</summary>
    public static RouteHandlerBuilder Query<T>(this RouteHandlerBuilder route, string name, string text) =>
        route.WithMetadata(new ParameterNote(name, InHeader: false, typeof(T), text, Required: false));

    /// <summary>A header.</summary>
    public static RouteHandlerBuilder Header(this RouteHandlerBuilder route, string name, string text, bool required = false) =>
        route.WithMetadata(new ParameterNote(name, InHeader: true, typeof(string), text, required));
}
