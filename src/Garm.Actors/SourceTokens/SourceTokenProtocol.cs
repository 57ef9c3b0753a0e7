using Akka.Actor;
using Garm.Actors.Sessions;

namespace Garm.Actors.SourceTokens;

/// <summary>
/// Command to <see cref="SourceTokensActor"/>: find out whether the token opens a session. Answered by <see cref="TokenAdmitted"/> or
/// <see cref="TokenNotAdmitted"/>.
/// </summary>
/// <param name="Token">The token.</param>
public sealed record AdmitToken(SourceToken Token) : ILocalMessage;

/// <summary>Reply: it does.</summary>
/// <param name="Taken">What the server said of it last.</param>
/// <param name="Users">Confirms and revokes it, for <see cref="SourceAccess.Users"/>.</param>
public sealed record TokenAdmitted(TokenAnswer.Taken Taken, IActorRef Users) : ILocalMessage;

/// <summary>Reply: it does not.</summary>
/// <param name="Answer">A refusal, or that the server did not say.</param>
public sealed record TokenNotAdmitted(TokenAnswer Answer) : ILocalMessage;

/// <summary>From a token's actor to its parent: whether sessions of the token are open.</summary>
internal sealed record TokenInUse(SourceToken Token, bool IsInUse) : IPrivateMessage;

/// <summary>From a token's actor to its parent: the server refuses the token, and the actor is needed no more.</summary>
internal sealed record TokenVoid(SourceToken Token) : IPrivateMessage;
