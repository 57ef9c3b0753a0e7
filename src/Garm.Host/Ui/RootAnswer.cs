using Garm.Host.Http;
using Garm.WebConsole.Hosting;

namespace Garm.Host.Ui;

/// <summary><c>GET /</c>: leads browsers to the console, and tells everybody else where the API is.</summary>
internal static class RootAnswer
{
    private static readonly object Places = new
    {
        api = ApiRoute.Prefix,
        openapi = "/openapi/v1.json",
        events = $"{ApiRoute.Prefix}/ws/events",
        console = ConsoleServices.Path,
    };

    private static readonly string Text =
        $"This is Garm, an event hub for self-hosted runners.\nREST API: {ApiRoute.Prefix}\nIts description: /openapi/v1.json\n"
        + $"Events: {ApiRoute.Prefix}/ws/events\nConsole: {ConsoleServices.Path}\n";

    public static void MapRoot(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/", [HttpMethods.Get, HttpMethods.Head], (HttpContext context) =>
        {
            context.Response.Headers.Vary = "Accept";
            var accept = context.Request.GetTypedHeaders().Accept;
            if (Accepts(accept, "text/html")) return Results.Redirect($"{ConsoleServices.Path}/");
            return Accepts(accept, "application/json") ? ApiResponses.Json(Places) : Results.Text(Text);
        }).ExcludeFromDescription();

    private static bool Accepts(IList<Microsoft.Net.Http.Headers.MediaTypeHeaderValue> accept, string type) =>
        accept.Any(x => x.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase));
}
