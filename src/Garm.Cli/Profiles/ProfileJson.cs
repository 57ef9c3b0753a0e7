using System.Text.Json.Serialization;

namespace Garm.Cli.Profiles;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    WriteIndented = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ProfileSet))]
internal sealed partial class ProfileJson : JsonSerializerContext;
