using System.Text;
using System.Text.Json;
using Garm.Contracts.Events;
using Garm.Contracts.Json;
using Garm.Contracts.Requests;
using Garm.Contracts.Text;
using Xunit;

namespace Garm.Contracts.Tests.Json;

/// <summary>Invalid text in JSON is refused when it is received, with the field's name.</summary>
public sealed class JsonTextSpecs
{
    public static TheoryData<string, string> NoTexts => new()
    {
        { "\"\\ud800\"", "surrogate" },
        { "\"\\udc00\\ud800\"", "surrogate" },
        { "\"a\\u0000b\"", "NUL" },
        { "\"\u00ff\"", "UTF-8" },
        { "\"\\n\u00ff\"", "UTF-8" },
    };

    [Theory]
    [MemberData(nameof(NoTexts))]
    public void AText_ThatIsNone_IsRefusedByName(string json, string wrong)
    {
        // The text stands for its bytes: U+00FF for 0xff.
        var body = Encoding.Latin1.GetBytes($$"""{"name":{{json}}}""");

        var thrown = Assert.Throws<JsonTextException>(() => JsonSerializer.Deserialize<CreateScaleSetRequest>(body, GarmJson.Requests));

        Assert.StartsWith("name ", thrown.Describe(), StringComparison.Ordinal);
        Assert.Contains(wrong, thrown.Describe(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(NoTexts))]
    public void RawJson_WithATextThatIsNone_IsRefused_KeysToo(string json, string wrong)
    {
        foreach (var specs in new[] { json, $"[[{{\"a\":{json}}}]]", $"{{{json}:1}}" })
        {
            var body = Encoding.Latin1.GetBytes($$"""{"extra_specs":{{specs}}}""");
            var thrown = Assert.Throws<JsonTextException>(() => JsonSerializer.Deserialize<CreatePoolRequest>(body, GarmJson.Requests));
            Assert.StartsWith("extra_specs", thrown.Describe(), StringComparison.Ordinal);
            Assert.Contains(wrong, thrown.Describe(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(NoTexts))]
    public void AMessage_WithATextThatIsNone_IsMalformed(string json, string wrong)
    {
        foreach (var message in new[] { $"{{\"filters\":[{{\"entity-type\":{json}}}]}}", $"{{\"x\":{json}}}", $"{{\"cursor\":{json}}}" })
        {
            var outcome = EventOptionsReader.Read(Encoding.Latin1.GetBytes(message), out _, out var problem);
            Assert.Equal(EventOptionsOutcome.Malformed, outcome);
            Assert.Contains(wrong, problem, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(JsonText.MaxRawDepth, true)]
    [InlineData(JsonText.MaxRawDepth + 1, false)]
    public void RawJson_IsTakenOnlyAsDeep_AsReadersWithTheUsualLimitCanFollow(int depth, bool taken)
    {
        var specs = string.Concat(Enumerable.Repeat("{\"a\":[", depth / 2)) + (depth % 2 == 1 ? "[]" : "") + string.Concat(Enumerable.Repeat("]}", depth / 2));
        CreatePoolRequest? Read() => JsonSerializer.Deserialize<CreatePoolRequest>($$"""{"extra_specs":{{specs}}}""", GarmJson.Requests);

        if (!taken)
        {
            Assert.Contains("nested too deep", Assert.Throws<JsonTextException>(Read).Describe(), StringComparison.Ordinal);
            return;
        }

        Assert.Equal(specs, Read()!.ExtraSpecs.GetRawText());
        JsonDocument.Parse("{\"events\":[{\"payload\":{\"extra_specs\":" + specs + "}}]}").Dispose();
    }

    [Fact]
    public void RawJson_MayBeNull_OrAbsent()
    {
        Assert.Equal(JsonValueKind.Null, JsonSerializer.Deserialize<CreatePoolRequest>("""{"extra_specs":null}""", GarmJson.Requests)!.ExtraSpecs.ValueKind);
        Assert.Equal(JsonValueKind.Undefined, JsonSerializer.Deserialize<CreatePoolRequest>("{}", GarmJson.Requests)!.ExtraSpecs.ValueKind);
    }

    [Fact]
    public void ATextThatIsCut_EndsWithAWholeCharacter()
    {
        Assert.Equal("a", TextCut.To("a\ud83d\ude00", 2));
        Assert.Equal("a\ud83d\ude00", TextCut.To("a\ud83d\ude00b", 3));
        Assert.Equal("ab", TextCut.To("abc", 2));
        Assert.Equal("ab", TextCut.To("ab", 2));
    }
}
