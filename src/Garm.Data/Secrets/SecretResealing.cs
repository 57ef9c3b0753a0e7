using System.Globalization;
using Garm.Data.Engines;
using Garm.Data.Retries;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Garm.Data.Secrets;

/// <summary>The result of encrypting the secrets again.</summary>
/// <param name="Resealed">How many were encrypted again.</param>
/// <param name="Current">How many were encrypted with the current passphrase before.</param>
/// <param name="Unreadable">Those that no known passphrase decrypts, as <c>type id</c>; they are not changed.</param>
public sealed record ResealResult(int Resealed, int Current, IReadOnlyList<string> Unreadable);

/// <summary>
/// Encrypts every secret with the current passphrase, while nodes run. It makes no events, since no payload shows a secret: it
/// bypasses the change tracker, updates only the encrypted columns, and only those that still hold the value that was read. A run that
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

    /// <summary>Encrypts all secrets with the current key, then retires the other keys.</summary>
    /// <exception cref="GarmException">409: this node's passphrase is not the current one, or it does not know all.</exception>
    public async Task<ResealResult> RunAsync(CancellationToken cancellation)
    {
        // First, so that new secrets are encrypted with the current key and each row has to be read only once.
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

            // The secret was changed or the row deleted; or an earlier replacement was stored but got no answer.
            var again = await ReadAsync(db => column.ReadAsync(db, [value.Id], cancellation), cancellation).ConfigureAwait(false);
            if (again is not [var newer]) return Outcome.Gone;
            value = newer;
        }
    }

    // One transaction per row: none holds the locks of two rows, so no deadlock with other writers is possible.
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
