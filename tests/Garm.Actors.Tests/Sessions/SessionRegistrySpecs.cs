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
        registry.Add(first, One);
        registry.Add(CreateTestProbe(), One);

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
        registry.Add(CreateTestProbe(), One);

        Assert.Equal(SessionRefusal.TooManySessions, registry.Refuses(One));
        Assert.Equal(SessionRefusal.TooManySessions, registry.Refuses(Other));
    }

    [Fact]
    public void ByDefault_TheNumberOfSessions_ShouldNotBeLimited()
    {
        var registry = new SessionRegistry(new EventSessionOptions());
        for (var i = 0; i < 3; i++) registry.Add(CreateTestProbe(), One);

        Assert.Null(registry.Refuses(One));
    }
}
