using System.Text;
using Garm.Contracts.Events;
using Xunit;

namespace Garm.Contracts.Tests.Events;

public sealed class EventKindsSpecs
{
    private static IEnumerable<EventKind> Everything =>
        from type in EntityTypes.All from operation in ChangeOperations.All select new EventKind(type, operation);

    [Fact]
    public void ThereAreSixteenTypes_InGarmsNames() => Assert.Equal(
        [
            "repository", "organization", "enterprise", "forge_instance", "pool", "user", "instance", "job", "controller",
            "github_credentials", "gitea_credentials", "scaleset", "github_endpoint", "template", "file_object", "proxy",
        ],
        EntityTypes.All.Select(x => x.WireName()));

    [Fact]
    public void EveryKind_HasAnIndexOfItsOwn() =>
        Assert.Equal(Enumerable.Range(0, EventKind.Count), Everything.Select(x => x.Index));

    [Fact]
    public void AnIndex_LeadsBackToItsKind() => Assert.All(Everything, x => Assert.Equal(x, EventKind.FromIndex(x.Index)));

    [Fact]
    public void ASet_HasWhatWasPutIn_AndNothingElse()
    {
        foreach (var kind in Everything)
        {
            var set = EventKinds.None.With(kind);
            Assert.Equal([kind], set);
            Assert.Equal([kind], Everything.Where(set.Contains));
        }

        Assert.Equal(Everything, EventKinds.All);
        Assert.True(EventKinds.None.IsEmpty);
    }

    [Fact]
    public void AFrame_IsTheThreeFields_InGarmsOrder() => Assert.Equal(
        """{"entity-type":"proxy","operation":"create","payload":{"id":1}}""",
        Encoding.UTF8.GetString(EventFrame.Encode(new EventKind(EntityType.Proxy, ChangeOperation.Create), """{"id":1}"""u8)));
}
