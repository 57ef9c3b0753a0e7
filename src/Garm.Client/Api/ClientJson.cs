using System.Text.Json.Serialization;

namespace Garm.Client.Api;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(NewUser))]
[JsonSerializable(typeof(UserInfo))]
[JsonSerializable(typeof(ControllerInfo))]
[JsonSerializable(typeof(ControllerUpdate))]
[JsonSerializable(typeof(LoginRequest))]
[JsonSerializable(typeof(LoginAnswer))]
[JsonSerializable(typeof(ErrorBody))]
internal sealed partial class ClientJson : JsonSerializerContext;
