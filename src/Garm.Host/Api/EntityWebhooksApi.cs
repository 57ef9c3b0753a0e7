using Garm.Contracts.Requests;
using Garm.Data;
using Garm.Data.Stores;
using Garm.Host.OpenApi;

namespace Garm.Host.Api;

/// <summary>
/// <c>/{entityId}/webhook</c>: GARM shows, installs and removes the webhook at the forge. The hub calls no forge; what it can
/// say is what to set up there.
/// </summary>
internal static class EntityWebhooksApi
{
    private const string Path = "/{entityId}/webhook";

    /// <summary>Maps the routes below one kind of entity.</summary>
    /// <param name="entities">The kind's routes.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="require">Refuses the id of an entity that is not there.</param>
    public static void MapWebhook(this RouteGroupBuilder entities, EntityKind kind, Func<HttpContext, string, Task> require)
    {
        var words = EntityWords.Of(kind);

        entities.MapGet(Path, (string entityId, HttpContext context, ControllerStore controllers) =>
            RefuseAsync(entityId, context, controllers))
            .Describes($"Get{words.One}WebhookInfo", words.Tag, "hooks");

        entities.MapPost(Path, async (string entityId, HttpContext context, ControllerStore controllers) =>
        {
            await context.ReadJsonAsync<InstallWebhookRequest>();
            return await RefuseAsync(entityId, context, controllers);
        })
            .Describes($"Install{words.One}Webhook", words.Tag, "hooks")
            .Takes<InstallWebhookRequest>();

        entities.MapDelete(Path, (string entityId, HttpContext context, ControllerStore controllers) =>
            RefuseAsync(entityId, context, controllers))
            .Describes($"Uninstall{words.One}Webhook", words.Tag, "hooks");

        async Task<IResult> RefuseAsync(string entityId, HttpContext context, ControllerStore controllers)
        {
            await require(context, entityId);
            var controller = await controllers.GetAsync(context.RequestAborted);
            throw GarmException.Conflict(
                "webhooks are set up at the forge, which this hub does not call: there, add one for workflow_job events with the "
                + $"URL {controller.ControllerWebhookUrl}, content type application/json and the webhook_secret given here");
        }
    }
}
