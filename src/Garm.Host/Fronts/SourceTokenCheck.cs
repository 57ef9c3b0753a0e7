using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Garm.Actors.SourceTokens;
using Garm.Actors.Users;
using Garm.Host.Sources;

namespace Garm.Host.Fronts;

/// <summary>
/// Asks a source's server for <c>/api/v1/controller-info</c> with a client's token. GARM asks the same of a token there as at its event
/// socket, so its refusal is what the client would have got from the socket.
/// </summary>
internal sealed class SourceTokenCheck(SourceFronts fronts, TimeProvider time) : ISourceTokenCheck
{
    private const int LongestAnswer = 64 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    /// <inheritdoc />
    public async Task<TokenAnswer> AskAsync(SourceToken token, CancellationToken cancellation)
    {
        if (fronts.Find(token.SourceId) is not { } front) return new TokenAnswer.Refused(null);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{front.Connection.Address}/api/v1/controller-info"));
            request.Headers.Host = front.Host;
            if (token.Value.Length > 0 && !request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token.Value}"))
                return new TokenAnswer.Refused(null);
            using var response = await front.Connection.Invoker.SendAsync(request, limit.Token);
            return await ReadAsync(token, response, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested && limit.IsCancellationRequested)
        {
            return new TokenAnswer.Unknown($"there was no answer within {Patience.TotalSeconds:0} s");
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return new TokenAnswer.Unknown(SourceFailures.ReasonOf(e));
        }
    }

    /// <summary>Names a user of a source among the users of this hub and of all sources.</summary>
    internal static UserId UserOf(Guid sourceId, string user)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData([.. sourceId.ToByteArray(), .. Encoding.UTF8.GetBytes(user)], hash);
        return new UserId(new Guid(hash[..16]));
    }

    private async Task<TokenAnswer> ReadAsync(SourceToken token, HttpResponseMessage response, CancellationToken cancellation)
    {
        if (response.StatusCode == HttpStatusCode.OK)
        {
            var says = ForeignToken.Read(token.Value);
            return new TokenAnswer.Taken(
                UserOf(token.SourceId, says.User ?? token.Value), says.FullName.Length > 0 ? says.FullName : says.User ?? "",
                says.ExpiryHere(response.Headers.Date, time.GetUtcNow()));
        }

        var answer = await AnswerOfAsync(response, cancellation);
        return (int)response.StatusCode is >= 400 and < 500 and not (StatusCodes.Status408RequestTimeout or StatusCodes.Status429TooManyRequests)
            ? new TokenAnswer.Refused(answer)
            : new TokenAnswer.Unknown($"it answers with {(int)response.StatusCode}", answer);
    }

    // An error of GARM's is short; whatever is longer is cut, as only people read it.
    private static async Task<ServerAnswer> AnswerOfAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellation);
        var bytes = new byte[LongestAnswer];
        var length = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellation);
        MediaTypeHeaderValue? type = response.Content.Headers.ContentType;
        return new ServerAnswer((int)response.StatusCode, type?.ToString(), bytes.AsMemory(0, length));
    }
}
