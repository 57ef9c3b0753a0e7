using Akka.Actor;
using Akka.TestKit.Xunit2;
using Garm.Actors.Sessions;
using Garm.Actors.Users;

namespace Garm.Actors.Tests.Sessions;

public sealed class SessionRegistrySpecs : TestKit
{
    private static readonly UserId One = new(Guid.NewGuid());
    private static readonly UserId Other = new(Guid.NewGuid());

    [Fact]
    public void AUser_ShouldOpenNoMoreThanTheirShare_AndOthersTheirs()
    {
        var registry = new SessionRegistry(new EventSessionOptions { MaxSessionsPerUser = 2 });
        IActorRef first = CreateTestProbe();
        registry.Add(Entry(first));
        registry.Add(Entry(CreateTestProbe()));

        Assert.Equal(SessionRefusal.TooManySessionsOfUser, registry.Refuses(One));
        Assert.Null(registry.Refuses(Other));

        registry.Remove(first);
        registry.Remove(first);
        Assert.Null(registry.Refuses(One));
        Assert.Equal(1, registry.Open);
    }

    [Fact]
    public void TheNodesLimit_ShouldComeFirst()
    {
        var registry = new SessionRegistry(new EventSessionOptions { MaxSessions = 1, MaxSessionsPerUser = 1 });
        registry.Add(Entry(CreateTestProbe()));

        Assert.Equal(SessionRefusal.TooManySessions, registry.Refuses(One));
        Assert.Equal(SessionRefusal.TooManySessions, registry.Refuses(Other));
    }

    [Fact]
    public void ByDefault_TheNumberOfSessions_ShouldNotBeLimited()
    {
        var registry = new SessionRegistry(new EventSessionOptions());
        for (var i = 0; i < 3; i++) registry.Add(Entry(CreateTestProbe()));

        Assert.Null(registry.Refuses(One));
    }

    [Fact]
    public void Sessions_ShouldBeFoundById_AndFollowEachOther()
    {
        var registry = new SessionRegistry(new EventSessionOptions());
        var entries = Enumerable.Range(0, 20).Select(_ => Entry(CreateTestProbe())).ToList();
        foreach (var entry in entries) registry.Add(entry);
        var ordered = entries.OrderBy(x => x.Id.ToString(), StringComparer.Ordinal).ToList();

        Assert.Equal(ordered, registry.After(null));
        Assert.Equal(ordered.Skip(8), registry.After(ordered[7].Id));
        Assert.Empty(registry.After(ordered[^1].Id));
        Assert.Equal(ordered[3].Session, registry.Find(ordered[3].Id));

        registry.Remove(ordered[7].Session);
        Assert.Null(registry.Find(ordered[7].Id));
        Assert.Equal(ordered.Skip(8), registry.After(ordered[7].Id)); // Of a session that has ended meanwhile.
        Assert.Null(registry.Find(SessionId.NewId()));
    }

    [Fact]
    public void NoSession_ShouldFollow_WhereThereIsNone() =>
        Assert.Empty(new SessionRegistry(new EventSessionOptions()).After(SessionId.NewId()));

    private static SessionEntry Entry(IActorRef session) => new(SessionId.NewId(), session, One);
}
