using Garm.Data.ChangeLog;
using Garm.Data.Engines;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Garm.Data.Secrets;

/// <summary>
/// The table <c>secret_keys</c>: the keys with which secrets in this database may be encrypted. A node starts only if it can decrypt
/// the check value of each, and encrypts only while its own key is active; both are checked under the lock of the log's head, which
/// every write of a secret takes too.
/// </summary>
public sealed class SecretKeys(
    IDbContextFactory<GarmDbContext> contexts, DatabaseEngine engine, SecretSealer sealer, SecretsOptions options)
{
    private const string Passphrase = "Garm:Secrets:Passphrase";
    private const string Others = "Garm:Secrets:PreviousPassphrases";

    internal const string InsertSql = "INSERT INTO secret_keys (id, sealed_check, state) VALUES (@id, @check, @state)";
    internal const string LeaveSql = "UPDATE secret_keys SET state = @state WHERE id <> @id AND state = @active";
    internal const string RetireSql = "UPDATE secret_keys SET state = @state WHERE id <> @id AND state = @leaving";
    internal const string GiveUpSql = "UPDATE secret_keys SET state = @state WHERE id = @id";

    /// <summary>Checks that this node can read every secret, and records its key.</summary>
    /// <exception cref="SecretsException">It cannot, or its passphrase was replaced.</exception>
    public async Task AdmitAsync(CancellationToken cancellation)
    {
        var db = await contexts.CreateDbContextAsync(cancellation).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            // The usual start writes nothing, so it works on a read-only database.
            var known = await RowsAsync(db, cancellation).ConfigureAwait(false);
            if (known.Any(x => x.Id == sealer.KeyId && x.State == SealedKeyStates.Active) && !known.Any(IsUnreadable)) return;
            Refuse(known); // Before the lock: a read-only database would fail there with another reason.
        }

        await UnderLockAsync(AdmitAsync, cancellation).ConfigureAwait(false);
    }

    /// <summary>Why this node cannot read or seal secrets, as a message for the operator; null when it can.</summary>
    public async Task<string?> FindObstacleAsync(CancellationToken cancellation)
    {
        var db = await contexts.CreateDbContextAsync(cancellation).ConfigureAwait(false);
        await using var disposal = db.ConfigureAwait(false);
        var known = await RowsAsync(db, cancellation).ConfigureAwait(false);
        return known.Any(IsUnreadable) ? Unreadable("other nodes encrypt with a passphrase that")
            : known.Any(x => x.Id == sealer.KeyId && x.State != SealedKeyStates.Active) ? Replaced()
            : null;
    }

    /// <summary>Ends encryption with other keys, once it is committed.</summary>
    /// <exception cref="GarmException">409: this node's key is no longer in use, or another key is not known here.</exception>
    internal Task LeaveOthersAsync(CancellationToken cancellation) => UnderLockAsync(
        async (db, transaction) =>
        {
            var known = await RowsAsync(db, cancellation).ConfigureAwait(false);
            if (known.All(x => x.Id != sealer.KeyId || x.State != SealedKeyStates.Active)) throw GarmException.Conflict(Replaced());
            if (known.Any(IsUnreadable)) throw GarmException.Conflict(Unreadable("some secrets are encrypted with a passphrase that"));
            await RunAsync(
                transaction, LeaveSql, cancellation,
                ("@id", sealer.KeyId), ("@active", SealedKeyStates.Active), ("@state", SealedKeyStates.Leaving)).ConfigureAwait(false);
        },
        cancellation);

    /// <summary>Retires the keys that were taken out of use, after no secret is encrypted with them any more.</summary>
    internal Task RetireOthersAsync(CancellationToken cancellation) => UnderLockAsync(
        (db, transaction) => RunAsync(
            transaction, RetireSql, cancellation,
            ("@id", sealer.KeyId), ("@leaving", SealedKeyStates.Leaving), ("@state", SealedKeyStates.Retired)),
        cancellation);

    /// <summary>Checks, at the commit of a secret, that this node's key is still in use.</summary>
    /// <exception cref="GarmException">503: the key was replaced since the node started.</exception>
    internal static async Task RequireActiveAsync(GarmDbContext db, string keyId, CancellationToken cancellation)
    {
        if (!await db.SecretKeys.AnyAsync(x => x.Id == keyId && x.State == SealedKeyStates.Active, cancellation).ConfigureAwait(false))
            throw GarmException.Unavailable(Replaced());
    }

    private async Task AdmitAsync(GarmDbContext db, IDbContextTransaction transaction)
    {
        var known = await RowsAsync(db, CancellationToken.None).ConfigureAwait(false);
        Refuse(known);
        var unreadable = known.Where(IsUnreadable).ToList();

        // A database of a version that had no table of keys.
        if (known.Count == 0 && !options.AllowUnreadable && await FindUnreadableAsync(db).ConfigureAwait(false) is { } secret)
            throw new SecretsException(Unreadable($"the secrets in the database ({secret}) are encrypted with a passphrase that"));

        foreach (var key in unreadable)
        {
            await RunAsync(transaction, GiveUpSql, CancellationToken.None, ("@id", key.Id), ("@state", SealedKeyStates.Retired))
                .ConfigureAwait(false);
        }

        if (known.Any(x => x.Id == sealer.KeyId)) return;
        await RunAsync(
            transaction, InsertSql, CancellationToken.None,
            ("@id", sealer.KeyId), ("@check", sealer.Seal(sealer.KeyId, SecretPurposes.KeyCheck)), ("@state", SealedKeyStates.Active))
            .ConfigureAwait(false);
    }

    private void Refuse(IReadOnlyList<SealedKey> known)
    {
        if (known.Any(IsUnreadable) && !options.AllowUnreadable)
            throw new SecretsException(Unreadable("the secrets in the database are encrypted with a passphrase that"));
        if (known.Any(x => x.Id == sealer.KeyId && x.State != SealedKeyStates.Active)) throw new SecretsException(Replaced());
    }

    private async Task<string?> FindUnreadableAsync(GarmDbContext db)
    {
        foreach (var column in SealedColumn.All)
        {
            var first = await column.KeysAsync(db, 1, CancellationToken.None).ConfigureAwait(false);
            if (first.Count == 0) continue;
            var values = await column.ReadAsync(db, first, CancellationToken.None).ConfigureAwait(false);
            if (values.Any(x => sealer.TryOpen(x.Bytes, column.Purpose) is null)) return $"{column.Entity.Name} {first[0]}";
        }

        return null;
    }

    private bool IsUnreadable(SealedKey key) =>
        key.State != SealedKeyStates.Retired && sealer.TryOpen(key.SealedCheck, SecretPurposes.KeyCheck) != key.Id;

    private static string Unreadable(string what) =>
        $"{Passphrase} does not fit: {what} is neither {Passphrase} nor among {Others}; give this node the passphrases of the other "
        + "nodes, or of the backup (docs/operations.md, \"Changing the passphrase\")";

    private static string Replaced() =>
        $"{Passphrase} was replaced and can no longer be used; set the current passphrase "
        + "(docs/operations.md, \"Changing the passphrase\")";

    private static Task<List<SealedKey>> RowsAsync(GarmDbContext db, CancellationToken cancellation) =>
        db.SecretKeys.AsNoTracking().ToListAsync(cancellation);

    private Task RunAsync(
        IDbContextTransaction transaction, string sql, CancellationToken cancellation,
        params (string Name, object Value)[] parameters) =>
        engine.Statement(transaction.GetDbTransaction(), sql, parameters).ExecuteAsync(cancellation);

    private async Task UnderLockAsync(Func<GarmDbContext, IDbContextTransaction, Task> work, CancellationToken cancellation)
    {
        using var turn = await engine.EnterWriteAsync(cancellation).ConfigureAwait(false);
        var db = await contexts.CreateDbContextAsync(cancellation).ConfigureAwait(false);
        await using var disposal = db.ConfigureAwait(false);
        var transaction = await db.Database.BeginTransactionAsync(cancellation).ConfigureAwait(false);
        await using var transactionDisposal = transaction.ConfigureAwait(false);
        await RunAsync(transaction, ChangeLogHead.LockSql, cancellation).ConfigureAwait(false);
        await work(db, transaction).ConfigureAwait(false);
        await transaction.CommitAsync(cancellation).ConfigureAwait(false);
    }
}
