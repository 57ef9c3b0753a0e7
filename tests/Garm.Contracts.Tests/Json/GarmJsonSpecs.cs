using System.Text;
using System.Text.Json;
using Garm.Contracts.Entities;
using Garm.Contracts.Json;
using Garm.Contracts.Requests;
using Xunit;

namespace Garm.Contracts.Tests.Json;

/// <summary>JSON as Go's encoder writes it; the expected texts are what Go prints.</summary>
public sealed class GarmJsonSpecs
{
    [Theory]
    [InlineData("plain", "\"plain\"")]
    [InlineData("a<b>&c", "\"a\\u003cb\\u003e\\u0026c\"")]
    [InlineData("\"\\/", "\"\\\"\\\\/\"")]
    [InlineData("\b\f\n\r\t", "\"\\b\\f\\n\\r\\t\"")]
    [InlineData("\u0001\u001f", "\"\\u0001\\u001f\"")]
    [InlineData("\u2028\u2029", "\"\\u2028\\u2029\"")]
    [InlineData("äöü 日本 🚀 'quoted' +", "\"äöü 日本 🚀 'quoted' +\"")]
    public void Strings_AreEscapedAsGoEscapesThem(string text, string json) =>
        Assert.Equal(json, Encoding.UTF8.GetString(GarmJson.ToUtf8(text)));

    [Fact]
    public void ALoneSurrogate_BecomesTheReplacementCharacter() =>
        Assert.Equal("\"a\uFFFDb\"", Encoding.UTF8.GetString(GarmJson.ToUtf8("a\ud800b")));

    [Theory]
    [InlineData("2026-11-23T13:29:12.8029270Z", "2026-11-23T13:29:12.802927Z")]
    [InlineData("2026-11-23T13:29:12.0000000Z", "2026-11-23T13:29:12Z")]
    [InlineData("2026-11-23T13:29:12.1000000Z", "2026-11-23T13:29:12.1Z")]
    [InlineData("0001-01-01T00:00:00.0000000Z", "0001-01-01T00:00:00Z")]
    public void Times_LoseTheirTrailingZeros(string time, string json)
    {
        var value = DateTime.Parse(time, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.RoundtripKind);
        Assert.Equal($"\"{json}\"", Encoding.UTF8.GetString(GarmJson.ToUtf8(value)));
        Assert.Equal(value, JsonSerializer.Deserialize<DateTime>($"\"{json}\"", GarmJson.Options));
    }

    [Fact]
    public void AnEmptyEndpoint_IsTwoZeroTimes() => Assert.Equal(
        """{"created_at":"0001-01-01T00:00:00Z","updated_at":"0001-01-01T00:00:00Z"}""",
        Encoding.UTF8.GetString(GarmJson.ToUtf8(EndpointView.Empty)));

    [Fact]
    public void RequestKeys_AreMatchedWithoutRegardToCase_AndUnknownOnesIgnored()
    {
        var request = JsonSerializer.Deserialize<CreateProxyRequest>("""{"NAME":"p","colour":"red"}""", GarmJson.Options);
        Assert.Equal("p", request!.Name);
    }
}
