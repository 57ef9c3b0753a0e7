using Garm.Actors.SourceTokens;
using Garm.Actors.Users;

namespace Garm.Actors.Tests.SourceTokens;

/// <summary>A server that takes or refuses every token, or does not say, on command.</summary>
internal sealed class TokenServer : ISourceTokenCheck
{
    public static readonly UserId User = new(Guid.Parse("99999999-2222-3333-4444-555555555555"));

    public static readonly ServerAnswer Refusal = new(401, "application/json", "{\"error\":\"Authentication failed\"}"u8.ToArray());

    private int _questions;

    /// <summary>When taken tokens expire.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public bool Refuses { get; set; }

    public bool IsDown { get; set; }

    /// <summary>Questions are not answered.</summary>
    public bool Hangs { get; set; }

    public int Questions => Volatile.Read(ref _questions);

    public async Task<TokenAnswer> AskAsync(SourceToken token, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _questions);
        await Task.Yield();
        if (Hangs) await new TaskCompletionSource().Task;
        return IsDown ? new TokenAnswer.Unknown("down on command")
            : Refuses ? new TokenAnswer.Refused(Refusal)
            : new TokenAnswer.Taken(User, "A User", ExpiresAt);
    }
}
