using Garm.Actors.Reads;

namespace Garm.Actors.SourceTokens;

/// <summary>Settings of <see cref="SourceTokensActor"/> and <see cref="SourceTokenActor"/>.</summary>
public sealed record SourceTokenOptions
{
    /// <summary>
    /// The pause between two questions to the server while a session of the token is open. Default 15 s. Together with
    /// <see cref="Retry"/>'s limit on one question it is below 30 s, within which a refused user loses the sessions.
    /// </summary>
    public TimeSpan RecheckInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The pause before the next question when the server did not say. Default 5 s.</summary>
    public TimeSpan RecheckUnknown { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long the server's word opens further sessions without a question. Default 5 s. Each request would otherwise cost the server one
    /// more.
    /// </summary>
    public TimeSpan Fresh { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long after the server took a token that token opens sessions while the server does not answer. Default 5 min. Clients that
    /// reconnect then go on with the hub's log; a user who was refused meanwhile gets in for as long.
    /// </summary>
    public TimeSpan TrustFor { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How many tokens are kept before unused ones are forgotten early. Default 4096.</summary>
    public int MaxTokens { get; init; } = 4_096;

    /// <summary>How long a question to the server may take: 10 s by default.</summary>
    public RetryOptions Retry { get; init; } = new();
}
