using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Internal;

namespace Garm.Data;

// The pool's seam is internal to EF Core, whose version is pinned here; an update that changes it does not compile.
#pragma warning disable EF1001

/// <summary>
/// Gives out the context that came back last: its connection still knows the pages that it wrote, and its statements lie in
/// the processor's cache. EF Core's own pool gives out the one that has rested longest, so that the contexts of a request take
/// turns, and each reads again what another has written.
/// </summary>
/// <param name="options">The contexts'; what does not rest here goes to a pool of EF Core's with their pool size.</param>
/// <param name="services">Has what the contexts need besides.</param>
/// <param name="kept">How many may rest.</param>
internal sealed class WarmContexts(DbContextOptions<GarmDbContext> options, IServiceProvider services, int kept)
    : IDbContextPool<GarmDbContext>, IDisposable
{
    private readonly DbContextPool<GarmDbContext> _others = new(options, services);
    private readonly Stack<IDbContextPoolable> _resting = new(kept);
    private int _kept = kept;

    /// <inheritdoc />
    public IDbContextPoolable Rent()
    {
        lock (_resting)
        {
            if (_resting.TryPop(out var context)) return context;
        }

        return _others.Rent();
    }

    /// <inheritdoc />
    public void Return(IDbContextPoolable context)
    {
        context.ResetState();
        if (!TryKeep(context)) _others.Return(context);
    }

    /// <inheritdoc />
    public async ValueTask ReturnAsync(IDbContextPoolable context, CancellationToken cancellationToken = default)
    {
        await context.ResetStateAsync(cancellationToken).ConfigureAwait(false);
        if (!TryKeep(context)) await _others.ReturnAsync(context, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Keeps none from now on. As with EF Core's own pool, those that rest have been disposed of by who used them, and their
    /// connections end with the process.
    /// </summary>
    public void Dispose()
    {
        lock (_resting)
        {
            _kept = 0;
            _resting.Clear();
        }

        _others.Dispose();
    }

    private bool TryKeep(IDbContextPoolable context)
    {
        lock (_resting)
        {
            if (_resting.Count >= _kept) return false;
            _resting.Push(context);
            return true;
        }
    }
}
