using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Garm.Actors.SourceTokens;
using Garm.Actors.Tests.Support;
using Garm.Actors.Users;

namespace Garm.Actors.Tests.SourceTokens;

/// <summary>Tokens of a source's server: admitted while the server takes them, and revoked within 30 s when it does not.</summary>
public sealed class SourceTokenSpecs : TestKit
{
    private static readonly SourceToken Token = new(Guid.Parse("11111111-2222-3333-4444-555555555555"), "token");
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    private readonly SourceTokenOptions _options = new();
    private readonly TokenServer _server = new();
    private readonly IActorRef _tokens;

    public SourceTokenSpecs() : base(VirtualTime.Config) => _tokens = Sys.ActorOf(SourceTokensActor.Props(_server, _options));

    [Fact]
    public async Task ATokenThatTheServerTakes_IsAdmitted()
    {
        var admitted = await AdmitAsync();

        Assert.Equal(TokenServer.User, admitted.Taken.UserId);
    }

    [Fact]
    public async Task TheServersWord_HoldsForFurtherRequests_ForAWhile()
    {
        await AdmitAsync();
        this.Advance(_options.Fresh / 2);
        await AdmitAsync();
        Assert.Equal(1, _server.Questions);

        this.Advance(_options.Fresh);
        await AdmitAsync();

        Assert.Equal(2, _server.Questions);
    }

    [Fact]
    public async Task AnotherToken_IsAskedAboutByItself()
    {
        await AdmitAsync();
        await _tokens.AskAsync<TokenAdmitted>(new AdmitToken(Token with { Value = "other" }));
        await _tokens.AskAsync<TokenAdmitted>(new AdmitToken(Token with { SourceId = Guid.NewGuid() }));

        Assert.Equal(3, _server.Questions);
    }

    [Fact]
    public async Task RequestsThatWait_ShareAQuestion()
    {
        _server.Hangs = true;
        var probe = CreateTestProbe();
        for (var i = 0; i < 3; i++) probe.Send(_tokens, new AdmitToken(Token));
        await AwaitConditionAsync(() => Task.FromResult(_server.Questions == 1));
        (_server.Hangs, _server.IsDown) = (false, true);

        this.Advance(_options.Retry.ReadTimeout);

        for (var i = 0; i < 3; i++) Assert.IsType<TokenAnswer.Unknown>((await probe.ExpectMsgAsync<TokenNotAdmitted>()).Answer);
        Assert.Equal(1, _server.Questions);
    }

    [Fact]
    public async Task ARefusal_IsTheServersAnswer_AndIsNotKept()
    {
        _server.Refuses = true;
        var refused = await _tokens.AskAsync<TokenNotAdmitted>(new AdmitToken(Token));
        Assert.Equal(TokenServer.Refusal, Assert.IsType<TokenAnswer.Refused>(refused.Answer).Answer);

        _server.Refuses = false;

        await this.AdvanceUntilAsync("the token is asked about anew", TimeSpan.Zero, Step, async () =>
            await _tokens.AskAsync<object>(new AdmitToken(Token)) is TokenAdmitted);
    }

    [Fact]
    public async Task ARefusedUser_LosesTheSessions_Within30Seconds()
    {
        var (first, second) = (await SubscribeAsync(), await SubscribeAsync());
        for (var i = 0; i < 10; i++) await RecheckAsync(); // However long they were open.
        _server.Refuses = true;

        var passed = await this.AdvanceUntilAsync(
            "the sessions are revoked", Step, TimeSpan.FromSeconds(30), () => Task.FromResult(first.HasMessages && second.HasMessages));

        Assert.True(passed <= TimeSpan.FromSeconds(30));
        var revoked = new UserRevoked(TokenServer.User, RevocationReason.RefusedBySource);
        Assert.Equal(revoked, await first.ExpectMsgAsync<UserRevoked>());
        Assert.Equal(revoked, await second.ExpectMsgAsync<UserRevoked>());
    }

    [Fact]
    public async Task ARefusedUser_LosesTheSessions_AlsoWhenAQuestionBeforeWasNotAnswered()
    {
        var session = await SubscribeAsync();
        _server.Hangs = true;
        var asked = _server.Questions;
        await this.AdvanceUntilAsync("it is asked", Step, TimeSpan.FromMinutes(1), () => Task.FromResult(_server.Questions > asked));
        (_server.Hangs, _server.Refuses) = (false, true);

        await this.AdvanceUntilAsync(
            "the session is revoked", Step, TimeSpan.FromSeconds(30), () => Task.FromResult(session.HasMessages));

        await session.ExpectMsgAsync<UserRevoked>();
    }

    [Fact]
    public async Task WhileTheServerIsDown_OpenSessionsGoOn_AndNewOnesOpenForALimitedTime()
    {
        var session = await SubscribeAsync();
        _server.IsDown = true;

        for (var i = 0; i < 5; i++) await RecheckAsync();
        Assert.Equal(TokenServer.User, (await AdmitAsync()).Taken.UserId);
        this.Advance(_options.TrustFor);
        var later = await _tokens.AskAsync<TokenNotAdmitted>(new AdmitToken(Token));

        Assert.IsType<TokenAnswer.Unknown>(later.Answer);
        Assert.False(session.HasMessages);

        // It is back: whoever was refused meanwhile is found out.
        (_server.IsDown, _server.Refuses) = (false, true);
        await this.AdvanceUntilAsync("the session is revoked", Step, TimeSpan.FromSeconds(30), () => Task.FromResult(session.HasMessages));
    }

    [Fact]
    public async Task ATokenThatTheServerNeverTook_OpensNothing_WhileItIsDown()
    {
        _server.IsDown = true;

        Assert.IsType<TokenAnswer.Unknown>((await _tokens.AskAsync<TokenNotAdmitted>(new AdmitToken(Token))).Answer);
    }

    [Fact]
    public async Task ATokenWithoutSessions_IsNotAskedAbout_AndForgotten()
    {
        var admitted = await AdmitAsync();
        var probe = CreateTestProbe();
        probe.Watch(admitted.Users);

        await this.AdvanceUntilAsync("it is forgotten", Step * 30, _options.TrustFor * 2, () => Task.FromResult(probe.HasMessages));

        await probe.ExpectTerminatedAsync(admitted.Users);
        Assert.Equal(1, _server.Questions);
    }

    [Fact]
    public async Task ATokenWithSessions_IsKept_UntilTheLastHasEnded()
    {
        var (first, second) = (await SubscribeAsync(), await SubscribeAsync());
        var users = (await AdmitAsync()).Users;
        var probe = CreateTestProbe();
        probe.Watch(users);
        for (var asked = TimeSpan.Zero; asked < _options.TrustFor * 1.5; asked += _options.RecheckInterval) await RecheckAsync();
        Assert.False(probe.HasMessages);

        Sys.Stop(first.Ref);
        users.Tell(new UnsubscribeFromUserState(TokenServer.User, second.Ref));

        await this.AdvanceUntilAsync("it is forgotten", Step * 30, _options.TrustFor * 2, () => Task.FromResult(probe.HasMessages));
    }

    [Fact]
    public async Task TooManyUnusedTokens_AreForgottenEarly()
    {
        var tokens = Sys.ActorOf(SourceTokensActor.Props(_server, _options with { MaxTokens = 1 }));
        var admitted = await tokens.AskAsync<TokenAdmitted>(new AdmitToken(Token));
        var probe = CreateTestProbe();
        probe.Watch(admitted.Users);
        this.AdvanceSeconds(31);

        await tokens.AskAsync<TokenAdmitted>(new AdmitToken(Token with { Value = "other" }));

        await probe.ExpectTerminatedAsync(admitted.Users);
    }

    [Fact]
    public void ATokenItself_IsNotWritten() =>
        Assert.DoesNotContain("secret", $"{new AdmitToken(new SourceToken(Guid.Empty, "secret"))}", StringComparison.Ordinal);

    private Task<TokenAdmitted> AdmitAsync() => _tokens.AskAsync<TokenAdmitted>(new AdmitToken(Token));

    /// <summary>A session of the token.</summary>
    private async Task<TestProbe> SubscribeAsync()
    {
        var session = CreateTestProbe();
        session.Send((await AdmitAsync()).Users, new SubscribeToUserState(TokenServer.User, session.Ref));
        var snapshot = await session.ExpectMsgAsync<UserStateSnapshot>();
        Assert.Null(UserAccessDecision.Decide(0, snapshot.Access));
        return session;
    }

    /// <summary>Moves time until the server was asked once more, and its answer has been taken.</summary>
    private async Task RecheckAsync()
    {
        var asked = _server.Questions;
        await this.AdvanceUntilAsync("it is asked", Step, TimeSpan.FromMinutes(1), () => Task.FromResult(_server.Questions > asked));
    }
}
