using Garm.Data.Engines;

namespace Garm.Data.Retries;

/// <summary>
/// The time that one attempt may wait for the database: for its turn to write, for a connection, and for the answer to each statement.
/// So a server that does not answer is given up as early as one that refuses.
/// </summary>
internal sealed class AttemptTime : IDisposable
{
    private readonly CancellationToken _cancellation;
    private readonly CancellationTokenSource _timer;
    private readonly CancellationTokenSource _either;

    /// <param name="length">Counted from now.</param>
    /// <param name="clock">Measures it.</param>
    /// <param name="cancellation">The caller's.</param>
    public AttemptTime(TimeSpan length, TimeProvider clock, CancellationToken cancellation)
    {
        Length = length > TimeSpan.Zero ? length : TimeSpan.FromMilliseconds(1);
        _cancellation = cancellation;
        _timer = new CancellationTokenSource(Length, clock);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_timer.Token, cancellation);
    }

    /// <summary>The whole of it.</summary>
    public TimeSpan Length { get; }

    /// <summary>Is cancelled when the time is up or the caller cancels.</summary>
    public CancellationToken Token => _either.Token;

    /// <summary>Whether the exception ends a wait because the time is up, and not because the caller cancelled it.</summary>
    public bool IsEndOf(Exception exception, DatabaseEngine engine) =>
        _timer.IsCancellationRequested && !_cancellation.IsCancellationRequested && engine.IsCancellation(exception);

    /// <inheritdoc />
    public void Dispose()
    {
        _either.Dispose();
        _timer.Dispose();
    }
}
