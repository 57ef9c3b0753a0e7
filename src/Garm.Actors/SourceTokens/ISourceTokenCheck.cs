using Garm.Actors.Users;

namespace Garm.Actors.SourceTokens;

/// <summary>A token that a client showed at a host of a source.</summary>
/// <param name="SourceId">The source.</param>
/// <param name="Value">The token, as the client sent it.</param>
public sealed record SourceToken(Guid SourceId, string Value)
{
    /// <summary>Without the token, which is a secret.</summary>
    public override string ToString() => $"a token of the source {SourceId}";
}

/// <summary>Asks a source's server whether it takes a token.</summary>
public interface ISourceTokenCheck
{
    /// <summary>What the server says. A server that cannot be asked is an answer too, and no exception.</summary>
    Task<TokenAnswer> AskAsync(SourceToken token, CancellationToken cancellation);
}

/// <summary>What a server said of a token.</summary>
public abstract record TokenAnswer
{
    private TokenAnswer()
    {
    }

    /// <summary>The server takes it.</summary>
    /// <param name="UserId">Names its user; the same for all tokens of the user, and another one for those of another source.</param>
    /// <param name="Name">The user's name, as the token says it; empty when it does not.</param>
    /// <param name="ExpiresAt">Its expiry by this node's clock; null for none.</param>
    public sealed record Taken(UserId UserId, string Name, DateTimeOffset? ExpiresAt) : TokenAnswer;

    /// <summary>The server refuses it.</summary>
    /// <param name="Answer">What the server answered; null when the source is in front no more.</param>
    public sealed record Refused(ServerAnswer? Answer) : TokenAnswer;

    /// <summary>The server did not say.</summary>
    /// <param name="Reason">Why, for people.</param>
    /// <param name="Answer">What it answered instead, such as a 503; null when it did not answer.</param>
    public sealed record Unknown(string Reason, ServerAnswer? Answer = null) : TokenAnswer;
}

/// <summary>An answer of a server, to be passed on.</summary>
/// <param name="Status">Its HTTP status.</param>
/// <param name="ContentType">Its <c>Content-Type</c>; null for none.</param>
/// <param name="Body">Its body.</param>
public sealed record ServerAnswer(int Status, string? ContentType, ReadOnlyMemory<byte> Body);
