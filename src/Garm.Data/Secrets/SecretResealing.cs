using System.Globalization;
using Garm.Data.Engines;
using Garm.Data.Retries;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Garm.Data.Secrets;

/// <summary>The result of sealing the secrets anew.</summary>
/// <param name="Resealed">How many were sealed anew.</param>
/// <param name="Current">How many were sealed with the current passphrase before.</param>
/// <param name="Unreadable">Those that no known passphrase opens, as <c>type id</c>; they stay as they are.</param>
public sealed record ResealResult(int Resealed, int Current, IReadOnlyList<string> Unreadable);

/// <summary>
/// Seals every secret with the current passphrase, while nodes run. It makes no events, since no payload shows a secret: it
/// updates only the sealed columns, past the change tracker, and only where a column still holds the value that was read. A run that
/// was interrupted continues when it is started again.
/// </summary>
public sealed class SecretResealing(
    IDbContextFactory<GarmDbContext> contexts, DatabaseEngine engine, DatabaseReads attempts, SecretSealer sealer, SecretKeys keys)
{
    private const int PageSize = 100;

    private enum Outcome
    {
        Resealed,
        Current,
        Unreadable,
        Gone,
    }

    /// <summary>Seals all secrets with the current key, then retires the other keys.</summary>
    /// <exception cref="GarmException">409: this node's passphrase is not the current one, or it does not know all.</exception>
    public async Task<ResealResult> RunAsync(CancellationToken cancellation)
    {
        // First, so that what is written from now on is sealed with the current key, and one look at each row is enough.
        await keys.LeaveOthersAsync(cancellation).ConfigureAwait(false);
        var outcomes = new List<(Outcome Outcome, string Row)>();
        foreach (var column in SealedColumn.All)
        {
            var rows = await ReadAsync(db => column.KeysAsync(db, int.MaxValue, cancellation), cancellation).ConfigureAwait(false);
            foreach (var page in rows.Chunk(PageSize))
            {
                var values = await ReadAsync(db => column.ReadAsync(db, page, cancellation), cancellation).ConfigureAwait(false);
                foreach (var value in values)
                    outcomes.Add((await ResealAsync(column, value, cancellation).ConfigureAwait(false), Name(column, value)));
            }
        }

        await keys.RetireOthersAsync(cancellation).ConfigureAwait(false);
        return new ResealResult(
            outcomes.Count(x => x.Outcome == Outcome.Resealed), outcomes.Count(x => x.Outcome == Outcome.Current),
            [.. outcomes.Where(x => x.Outcome == Outcome.Unreadable).Select(x => x.Row)]);
    }

    private async Task<Outcome> ResealAsync(SealedColumn column, SealedValue value, CancellationToken cancellation)
    {
        while (true)
        {
            if (sealer.IsCurrent(value.Bytes, column.Purpose)) return Outcome.Current;
            if (sealer.TryOpen(value.Bytes, column.Purpose) is not { } secret) return Outcome.Unreadable;
            var fresh = sealer.Seal(secret, column.Purpose);
            if (await ReplaceAsync(column, value, fresh, cancellation).ConfigureAwait(false)) return Outcome.Resealed;

            // The secret was changed or the row deleted; or an earlier replacement was stored and not answered.
            var again = await ReadAsync(db => column.ReadAsync(db, [value.Id], cancellation), cancellation).ConfigureAwait(false);
            if (again is not [var newer]) return Outcome.Gone;
            value = newer;
        }
    }

    // A transaction a row: none holds two rows' locks, so that no writer waits for it in a circle.
    private Task<bool> ReplaceAsync(SealedColumn column, SealedValue value, byte[] fresh, CancellationToken cancellation) =>
        attempts.RunAsync(
            async x =>
            {
                using var turn = await engine.EnterWriteAsync(x).ConfigureAwait(false);
                var db = await contexts.CreateDbContextAsync(x).ConfigureAwait(false);
                await using var disposal = db.ConfigureAwait(false);
                var transaction = await db.Database.BeginTransactionAsync(x).ConfigureAwait(false);
                await using var transactionDisposal = transaction.ConfigureAwait(false);
                var replaced = await engine
                    .Statement(
                        transaction.GetDbTransaction(), column.UpdateSql(db), ("@new", fresh), ("@id", value.Id), ("@old", value.Bytes))
                    .ExecuteAsync(x).ConfigureAwait(false);
                await transaction.CommitAsync(x).ConfigureAwait(false);
                return replaced == 1;
            },
            cancellation);

    private Task<T> ReadAsync<T>(Func<GarmDbContext, Task<T>> read, CancellationToken cancellation) => attempts.RunAsync(
        async x =>
        {
            var db = await contexts.CreateDbContextAsync(x).ConfigureAwait(false);
            await using var disposal = db.ConfigureAwait(false);
            return await read(db).ConfigureAwait(false);
        },
        cancellation);

    private static string Name(SealedColumn column, SealedValue value) =>
        string.Create(CultureInfo.InvariantCulture, $"{column.Entity.Name} {value.Id}");
}
