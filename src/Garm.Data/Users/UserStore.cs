using Garm.Contracts.Entities;
using Garm.Contracts.Requests;
using Garm.Data.Model;
using Garm.Data.Writes;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Users;

/// <summary>An authenticated user.</summary>
/// <param name="UserId">The user.</param>
/// <param name="FullName">For the token.</param>
/// <param name="IsAdmin">For the token; each call reads the current value from the database.</param>
/// <param name="Generation">The password generation for which the token is issued.</param>
public sealed record AuthenticatedUser(Guid UserId, string FullName, bool IsAdmin, long Generation);

/// <summary>The operations on users. GARM has only the first run and the login; the others are the hub's.</summary>
public sealed class UserStore(UnitOfWork work)
{
    private const string LastAdmin =
        "this is the last enabled administrator: enable or create another one first";

    /// <summary>Whether an administrator exists, so that the first run is done.</summary>
    public Task<bool> HasAdminAsync(CancellationToken cancellation) =>
        work.ReadAsync(db => db.Users.AnyAsync(x => x.IsAdmin, cancellation), cancellation);

    /// <summary>Refuses the first run when an administrator exists.</summary>
    /// <exception cref="GarmException">409.</exception>
    public async Task RequireFirstRunAsync(CancellationToken cancellation)
    {
        if (await HasAdminAsync(cancellation).ConfigureAwait(false)) throw AlreadyInitialized();
    }

    /// <summary>Creates the first administrator.</summary>
    /// <exception cref="GarmException">409 when one exists; 400 as recorded in <c>00-fresh-first-run</c>.</exception>
    public async Task<UserView> FirstRunAsync(CreateUserRequest request, CancellationToken cancellation)
    {
        await RequireFirstRunAsync(cancellation).ConfigureAwait(false);
        UserRules.CheckFirst(request);
        var hash = Passwords.Hash(request.Password!);
        return await work.WriteAsync(
            async (db, rules) =>
            {
                if (await db.Users.AnyAsync(x => x.IsAdmin, cancellation)) throw AlreadyInitialized();
                var user = Add(db, request, hash, enabled: true, isAdmin: true);
                rules.Add(async () =>
                {
                    if (await db.Users.AnyAsync(x => x.IsAdmin && x.Id != user.Id, cancellation)) throw AlreadyInitialized();
                });
                return user;
            },
            user => user.ToView(),
            cancellation).ConfigureAwait(false);
    }

    /// <summary>Checks a user name (or email address) and a password. The name is case-sensitive, although names are unique without regard to case.</summary>
    /// <exception cref="GarmException">401, without the reason.</exception>
    public async Task<AuthenticatedUser> AuthenticateAsync(LoginRequest request, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(request.Username) || string.IsNullOrEmpty(request.Password)) throw GarmException.Unauthorized();
        var name = Normalized.Of(request.Username);
        var user = await work.ReadAsync(
            db => db.Users.FirstOrDefaultAsync(x => x.NormalizedUsername == name || x.NormalizedEmail == name, cancellation),
            cancellation).ConfigureAwait(false);
        var isNamed = user is not null && (user.Username == request.Username || user.Email == request.Username);
        if (!Passwords.Verify(request.Password, user?.PasswordHash) || !isNamed || user is not { Enabled: true })
            throw GarmException.Unauthorized();
        return new AuthenticatedUser(user.Id, user.FullName, user.IsAdmin, user.Generation);
    }

    /// <summary>All users, by name.</summary>
    public Task<IReadOnlyList<UserView>> ListAsync(CancellationToken cancellation) => work.ReadAsync(
        async db => (IReadOnlyList<UserView>)
            [.. (await db.Users.OrderBy(x => x.NormalizedUsername).ToListAsync(cancellation)).Select(x => x.ToView())],
        cancellation);

    /// <summary>A user.</summary>
    public Task<UserView> GetAsync(Guid id, CancellationToken cancellation) =>
        work.ReadAsync(async db => (await FindAsync(db, id, cancellation)).ToView(), cancellation);

    /// <summary>Creates a user.</summary>
    public async Task<UserView> CreateAsync(CreateUserRequest request, CancellationToken cancellation)
    {
        UserRules.CheckNew(request);
        var hash = Passwords.Hash(request.Password!);
        return await work.WriteAsync(
            async db =>
            {
                await RefuseTakenAsync(db, request.Username, request.Email, Guid.Empty, cancellation);
                return Add(db, request, hash, request.Enabled ?? true, request.IsAdmin ?? false);
            },
            user => user.ToView(),
            cancellation).ConfigureAwait(false);
    }

    /// <summary>Changes the fields that the request has. A new password makes every token of the user void.</summary>
    public async Task<UserView> UpdateAsync(Guid id, UpdateUserRequest request, CancellationToken cancellation)
    {
        UserRules.CheckChange(request);
        var hash = request.Password is { } password ? Passwords.Hash(password) : null;
        return await work.WriteAsync(
            async (db, rules) =>
            {
                var user = await FindAsync(db, id, cancellation);
                await RefuseTakenAsync(db, request.Username, request.Email, id, cancellation);
                var staysAdmin = (request.Enabled ?? user.Enabled) && (request.IsAdmin ?? user.IsAdmin);
                if (!staysAdmin) await RefuseLastAdminAsync(db, rules, user, cancellation);

                if (request.Username is not null && request.Username != user.Username) await TouchTemplatesAsync(db, id, cancellation);
                user.Username = request.Username ?? user.Username;
                user.Email = request.Email ?? user.Email;
                user.FullName = request.FullName ?? user.FullName;
                user.Enabled = request.Enabled ?? user.Enabled;
                user.IsAdmin = request.IsAdmin ?? user.IsAdmin;
                if (hash is not null)
                {
                    user.PasswordHash = hash;
                    user.Generation++;
                }

                return user;
            },
            user => user.ToView(),
            cancellation).ConfigureAwait(false);
    }

    /// <summary>Deletes a user. The user's templates become the system's.</summary>
    public Task DeleteAsync(Guid id, CancellationToken cancellation) => work.WriteAsync(
        async (db, rules) =>
        {
            var user = await FindAsync(db, id, cancellation);
            await RefuseLastAdminAsync(db, rules, user, cancellation);
            foreach (var template in await db.Templates.Where(x => x.OwnerId == id).ToListAsync(cancellation))
                template.Owner = null;
            db.Users.Remove(user);
        },
        cancellation);

    private static User Add(GarmDbContext db, CreateUserRequest request, string hash, bool enabled, bool isAdmin)
    {
        var user = new User
        {
            Id = Guid.NewGuid(),
            Username = request.Username!,
            Email = request.Email!,
            FullName = request.FullName ?? "",
            PasswordHash = hash,
            Enabled = enabled,
            IsAdmin = isAdmin,
        };
        db.Users.Add(user);
        return user;
    }

    private static async Task<User> FindAsync(GarmDbContext db, Guid id, CancellationToken cancellation) =>
        await db.Users.SingleOrDefaultAsync(x => x.Id == id, cancellation)
        ?? throw GarmException.NotFound("user not found: not found");

    // Checked now, for the order of the refusals; and at the commit, because two administrators may be removed at once.
    private static async Task RefuseLastAdminAsync(GarmDbContext db, CommitRules rules, User user, CancellationToken cancellation)
    {
        if (user is not { Enabled: true, IsAdmin: true }) return;
        await RequireAnotherAsync();
        rules.Add(RequireAnotherAsync);

        async Task RequireAnotherAsync()
        {
            if (!await db.Users.AnyAsync(x => x.Id != user.Id && x.Enabled && x.IsAdmin, cancellation))
                throw GarmException.Conflict(LastAdmin);
        }
    }

    private static async Task RefuseTakenAsync(
        GarmDbContext db, string? username, string? email, Guid exceptId, CancellationToken cancellation)
    {
        var name = Normalized.Of(username ?? "");
        var address = Normalized.Of(email ?? "");
        if (username is not null && await db.Users.AnyAsync(x => x.Id != exceptId && x.NormalizedUsername == name, cancellation))
            throw GarmException.Conflict($"a user with the username {username} already exists");
        if (email is not null && await db.Users.AnyAsync(x => x.Id != exceptId && x.NormalizedEmail == address, cancellation))
            throw GarmException.Conflict($"a user with the email address {email} already exists");
    }

    /// <summary>A template shows its owner's name, so a new name is an update of each template.</summary>
    private static async Task TouchTemplatesAsync(GarmDbContext db, Guid id, CancellationToken cancellation)
    {
        foreach (var template in await db.Templates.Where(x => x.OwnerId == id).ToListAsync(cancellation)) db.Touch(template);
    }

    private static GarmException AlreadyInitialized() => GarmException.Conflict("already initialized");
}
