using Akka.Actor;
using Akka.TestKit.Xunit2;
using Garm.Actors.Sessions;
using Garm.Actors.Users;

namespace Garm.Actors.Tests.Sessions;

public sealed class SessionCensusSpecs : TestKit
{
    private static readonly UserId One = new(Guid.NewGuid());
    private static readonly UserId Other = new(Guid.NewGuid());

    [Fact]
    public void AUser_ShouldOpenNoMoreThanTheirShare_AndOthersTheirs()
    {
        var census = new SessionCensus(new EventSessionOptions { MaxSessionsPerUser = 2 });
        IActorRef first = CreateTestProbe();
        census.Add(first, One);
        census.Add(CreateTestProbe(), One);

        Assert.Equal(SessionRefusal.TooManySessionsOfUser, census.Refuses(One));
        Assert.Null(census.Refuses(Other));

        census.Remove(first);
        census.Remove(first);
        Assert.Null(census.Refuses(One));
        Assert.Equal(1, census.Open);
    }

    [Fact]
    public void TheNodesLimit_ShouldComeFirst()
    {
        var census = new SessionCensus(new EventSessionOptions { MaxSessions = 1, MaxSessionsPerUser = 1 });
        census.Add(CreateTestProbe(), One);

        Assert.Equal(SessionRefusal.TooManySessions, census.Refuses(One));
        Assert.Equal(SessionRefusal.TooManySessions, census.Refuses(Other));
    }

    [Fact]
    public void ByDefault_OneUser_ShouldOpenAsManyAsTheNodeTakes() =>
        Assert.Equal(int.MaxValue, new EventSessionOptions().MaxSessionsPerUser);
}
