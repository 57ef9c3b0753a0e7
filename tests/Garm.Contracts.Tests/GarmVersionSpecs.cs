using System.Text.RegularExpressions;
using Xunit;

namespace Garm.Contracts.Tests;

/// <summary>The version that clients see: garm-operator requires at least v0.1.5.</summary>
public sealed partial class GarmVersionSpecs
{
    [Fact]
    public void TheVersion_IsGarms_WithTheHubsOwnAsMetadata()
    {
        var parts = Version().Match(GarmVersion.Text);

        Assert.True(parts.Success, GarmVersion.Text);
        Assert.True(new Version(parts.Groups["garm"].Value) >= new Version("0.1.5"), GarmVersion.Text);
        Assert.Equal(GarmVersion.Api, $"v{parts.Groups["garm"].Value}");
        Assert.StartsWith(typeof(GarmVersion).Assembly.GetName().Version!.ToString(3), parts.Groups["hub"].Value, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^v(?<garm>\d+\.\d+\.\d+)\+hub\.(?<hub>[0-9A-Za-z.-]+)$")]
    private static partial Regex Version();
}
