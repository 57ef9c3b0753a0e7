using Xunit;

namespace Garm.Data.Tests.Support;

/// <summary>Asserts that an operation is refused, with its kind and message.</summary>
internal static class Refusal
{
    public static async Task OfAsync(RefusalKind kind, string details, Func<Task> operation)
    {
        var refusal = await Assert.ThrowsAsync<GarmException>(operation);
        Assert.Equal((kind, details), (refusal.Kind, refusal.Message));
    }
}
