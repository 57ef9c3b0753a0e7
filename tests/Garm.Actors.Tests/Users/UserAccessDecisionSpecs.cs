using Garm.Actors.Tests.Support;
using Garm.Actors.Users;

namespace Garm.Actors.Tests.Users;

public sealed class UserAccessDecisionSpecs
{
    [Theory]
    [InlineData(true, true, 3, null)]
    [InlineData(false, true, 3, RevocationReason.Disabled)]
    [InlineData(true, false, 3, RevocationReason.NoAdministrator)]
    [InlineData(true, true, 4, RevocationReason.PasswordChanged)]
    [InlineData(true, true, 2, RevocationReason.PasswordChanged)]
    public void Decision_ShouldNameWhatMakesATokenVoid(bool enabled, bool isAdmin, long generation, RevocationReason? expected)
    {
        var access = SessionRig.GoodAccess with { Enabled = enabled, IsAdmin = isAdmin, Generation = generation };

        Assert.Equal(expected, UserAccessDecision.Decide(3, access));
    }

    [Fact]
    public void Decision_ShouldBeDeleted_WhenThereIsNoSuchUser() =>
        Assert.Equal(RevocationReason.Deleted, UserAccessDecision.Decide(3, null));
}
