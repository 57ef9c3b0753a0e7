using Garm.Data.Engines;

namespace Garm.Data.Retries;

/// <summary>
/// The time limit of one attempt: for its turn to write, for a connection, and for the answer to each statement.
/// With it a server that does not answer fails an attempt as early as one that refuses.
/// </summary>
internal sealed class AttemptTime : IDisposable
{
    private readonly CancellationToken _cancellation;
    private readonly CancellationTokenSource _timer;
    private readonly CancellationTokenSource _either;

    /// <param name="length">The limit, from now.</param>
    /// <param name="clock">Measures it.</param>
    /// <param name="cancellation">The caller's token.</param>
    public AttemptTime(TimeSpan length, TimeProvider clock, CancellationToken cancellation)
    {
        Length = length > TimeSpan.Zero ? length : TimeSpan.FromMilliseconds(1);
        _cancellation = cancellation;
        _timer = new CancellationTokenSource(Length, clock);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_timer.Token, cancellation);
    }

    /// <summary>The whole limit.</summary>
    public TimeSpan Length { get; }

    /// <summary>Cancelled when the time is over or the caller cancels.</summary>
    public CancellationToken Token => _either.Token;

    /// <summary>Whether the exception ended a wait because the time was over, not because the caller cancelled it.</summary>
    public bool IsEndOf(Exception exception, DatabaseEngine engine) =>
        _timer.IsCancellationRequested && !_cancellation.IsCancellationRequested && engine.IsCancellation(exception);

    /// <inheritdoc />
    public void Dispose()
    {
        _either.Dispose();
        _timer.Dispose();
    }
}
