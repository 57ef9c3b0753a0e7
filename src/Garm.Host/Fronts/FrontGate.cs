using Akka.Actor;
using Akka.Hosting;
using Garm.Actors.Sessions;
using Garm.Actors.SourceTokens;
using Garm.Host.Authentication;
using Garm.Host.Http;

namespace Garm.Host.Fronts;

/// <summary>Admits requests for a source's events by the tokens of its server.</summary>
internal sealed class FrontGate(IRequiredActor<SourceTokensActor> tokens, ISourceTokenCheck check)
{
    // Longer than a question to the server may take.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Sets what the request's token grants as a <see cref="SessionGrant"/>, or answers the request: as the server does when it refuses,
    /// with 502 when it does not say.
    /// </summary>
    /// <returns>Whether it is admitted.</returns>
    public async Task<bool> AdmitAsync(HttpContext context, SourceFront front)
    {
        var token = new SourceToken(front.Id, BearerToken.Find(context.Request) ?? "");
        var (grant, answer) = await AskAsync(token, front.Name, context.RequestAborted);
        context.Features.Set(grant);
        if (grant is not null) return true;
        await RefuseAsync(context, front, answer);
        return false;
    }

    private static Task RefuseAsync(HttpContext context, SourceFront front, TokenAnswer? answer) => answer switch
    {
        TokenAnswer.Refused { Answer: { } refusal } => FrontAnswers.WriteAsync(context, refusal),
        TokenAnswer.Unknown { Answer: { } other } => FrontAnswers.WriteAsync(context, other),
        TokenAnswer.Unknown unknown => FrontAnswers.WriteUnreachedAsync(context, front, unknown.Reason),
        _ => ApiError.AuthenticationFailed.WriteAsync(context),
    };

    private async Task<(SessionGrant? Grant, TokenAnswer? Answer)> AskAsync(SourceToken token, string source, CancellationToken cancellation)
    {
        // Without a token there is nothing to remember: the server says how it refuses that.
        if (token.Value.Length == 0) return (null, await check.AskAsync(token, cancellation));
        var manager = await tokens.GetAsync(cancellation);
        return await manager.Ask<object>(new AdmitToken(token), Patience, cancellation) switch
        {
            TokenAdmitted admitted => (GrantOf(admitted, token.SourceId, source), null),
            TokenNotAdmitted refused => (null, refused.Answer),
            var other => throw new InvalidOperationException($"{other.GetType().Name} is no answer about a token"),
        };
    }

    private SessionGrant GrantOf(TokenAdmitted admitted, Guid sourceId, string source) => new(admitted.Taken.UserId, 0, admitted.Taken.ExpiresAt)
    {
        Username = $"{admitted.Taken.Name} ({source})",
        Source = new SourceAccess(source, admitted.Users, new LaterTokens(this, sourceId, source)),
    };

    /// <summary>Reads the later tokens of a session.</summary>
    private sealed class LaterTokens(FrontGate gate, Guid sourceId, string source) : ISessionTokens
    {
        public async Task<SessionGrant?> ReadAsync(string token) =>
            token.Length == 0 ? null : (await gate.AskAsync(new SourceToken(sourceId, token), source, CancellationToken.None)).Grant;
    }
}
