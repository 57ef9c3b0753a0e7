using System.Text.Json.Serialization;
using Garm.Data.Secrets;
using Garm.Host.Http;
using Garm.Host.Logs;
using Garm.Host.OpenApi;

namespace Garm.Host.Api;

/// <summary><c>/secrets</c>, which GARM does not have.</summary>
internal static class SecretsApi
{
    public static void MapSecrets(this IEndpointRouteBuilder api) =>
        api.MapPost("/secrets/reseal", async (SecretResealing resealing, ILogger<SecretResealing> logger, CancellationToken cancellation) =>
            {
                var result = await resealing.RunAsync(cancellation);
                logger.LogInformation(
                    HostLogEvents.Resealed, "{Count} secrets were encrypted again, {Current} were already encrypted with the current passphrase",
                    result.Resealed, result.Current);
                foreach (var row in result.Unreadable)
                    logger.LogWarning(HostLogEvents.SecretsGivenUp, "No known passphrase decrypts a secret of {Row}: set it again", row);
                return ApiResponses.Json(new ResealAnswer(result.Resealed, result.Current, result.Unreadable));
            })
            .Describes("ResealSecrets", "secrets")
            .WithSummary("Encrypt all stored secrets with the current passphrase.")
            .Answers<ResealAnswer>()
            .WithMetadata(ApiRoute.Controller);
}

/// <summary>The result of sealing all secrets again.</summary>
internal sealed record ResealAnswer(
    [property: JsonPropertyName("resealed")] int Resealed,
    [property: JsonPropertyName("current")] int Current,
    [property: JsonPropertyName("unreadable")] IReadOnlyList<string> Unreadable);
