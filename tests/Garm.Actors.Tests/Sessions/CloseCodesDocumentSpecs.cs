using Garm.Actors.Sessions;
using Xunit;

namespace Garm.Actors.Tests.Sessions;

/// <summary>Clients rely on <c>docs/close-codes.md</c> to reconnect, so it must equal the code's list.</summary>
public sealed class CloseCodesDocumentSpecs
{
    public static TheoryData<SessionCloseReason> Reasons => [.. Enum.GetValues<SessionCloseReason>()];

    [Theory]
    [MemberData(nameof(Reasons))]
    public void Document_ShouldTellTheCode_OfEveryReason(SessionCloseReason reason)
    {
        var row = Assert.Single(Rows(), x => x[0] == $"`{reason}`");

        var frame = reason.ToCloseFrame();
        var code = (reason, frame.Code) switch
        {
            (SessionCloseReason.ClosedByClient, _) => "the client's own",
            (_, null) => "no close frame",
            (_, { } number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture),
        };
        Assert.Equal(code, row[1]);
        if (frame.Text.Length > 0) Assert.Equal($"`{frame.Text}`", row[2]);
    }

    [Fact]
    public void Document_ShouldTellOfNoOtherReason() =>
        Assert.Equal(Enum.GetNames<SessionCloseReason>().Order(), Rows().Select(x => x[0].Trim('`')).Order());

    private static List<string[]> Rows() =>
    [
        .. File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "close-codes.md"))
            .Where(x => x.StartsWith("| `", StringComparison.Ordinal))
            .Select(x => x.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray()),
    ];
}
