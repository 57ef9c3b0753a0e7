using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Garm.Contracts.Json;
using Garm.Contracts.Requests;
using Xunit;

namespace Garm.Contracts.Tests.Json;

/// <summary>Every byte field of every request accepts what Go accepts for a <c>[]byte</c>.</summary>
public sealed class RequestBytesSpecs
{
    public static TheoryData<Type, string> ByteFields()
    {
        var fields = new TheoryData<Type, string>();
        var requests = typeof(CreateTemplateRequest).Assembly.GetExportedTypes()
            .Where(x => x.Namespace == typeof(CreateTemplateRequest).Namespace && x.IsClass);
        foreach (var request in requests)
        {
            foreach (var property in request.GetProperties().Where(x => x.PropertyType == typeof(byte[]))) fields.Add(request, property.Name);
        }

        return fields;
    }

    [Fact]
    public void TheWalk_FindsTheFields() => Assert.True(ByteFields().Count() >= 9);

    [Theory]
    [MemberData(nameof(ByteFields))]
    public void AByteField_TakesAnArrayOfNumbers(Type request, string property)
    {
        Assert.Equal("#!"u8.ToArray(), Read(request, property, "[35,33]")!);
        Assert.Equal([], Read(request, property, "[]")!);
        Assert.Equal([0, 255], Read(request, property, "[null, 255]")!);
        Assert.Equal("#!"u8.ToArray(), Read(request, property, "\"IyE=\"")!);
        Assert.Null(Read(request, property, "null"));
    }

    [Theory]
    [InlineData("\"Iy\\nE=\"", "IyE=")]
    [InlineData("\"\\u002b+++\"", "++++")]
    [InlineData("\"IyF=\"", "IyE=")]
    [InlineData("\"\"", "")]
    public void Base64_IsReadAsGoReadsIt(string json, string bytes) =>
        Assert.Equal(bytes, Convert.ToBase64String(JsonSerializer.Deserialize<byte[]>(json, GarmJson.Options)!));

    [Theory]
    [InlineData("[256]")]
    [InlineData("[-1]")]
    [InlineData("[1.0]")]
    [InlineData("[1e1]")]
    [InlineData("[\"1\"]")]
    [InlineData("[[1]]")]
    [InlineData("[true]")]
    [InlineData("[1")]
    [InlineData("{}")]
    [InlineData("7")]
    [InlineData("\"Iy E=\"")]
    [InlineData("\"IyE\"")]
    [InlineData("\"I-E=\"")]
    public void AnythingElse_IsRefused(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<byte[]>(json, GarmJson.Options));

    private static byte[]? Read(Type request, string property, string value)
    {
        var info = request.GetProperty(property)!;
        var name = info.GetCustomAttribute<JsonPropertyNameAttribute>()!.Name;
        return (byte[]?)info.GetValue(JsonSerializer.Deserialize($"{{\"{name}\":{value}}}", request, GarmJson.Options));
    }
}
