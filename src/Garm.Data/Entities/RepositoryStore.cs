using System.Linq.Expressions;
using Garm.Contracts.Entities;
using Garm.Contracts.Requests;
using Garm.Data.Model;
using Garm.Data.Owners;
using Garm.Data.Secrets;
using Garm.Data.Writes;

namespace Garm.Data.Entities;

/// <summary>The operations on repositories, which also have an owner.</summary>
public sealed class RepositoryStore(UnitOfWork work, SecretSealer sealer)
    : RunnerEntityStore<Repository, RepositoryView, CreateRepositoryRequest>(EntityKind.Repository, work, sealer)
{
    /// <inheritdoc />
    protected override string? MissingName(CreateRepositoryRequest request)
    {
        if (string.IsNullOrEmpty(request.Owner)) return "missing owner";
        return string.IsNullOrEmpty(request.Name) ? "missing repo name" : null;
    }

    /// <inheritdoc />
    protected override Repository New(CreateRepositoryRequest request) => new() { Owner = request.Owner!, Name = request.Name! };

    /// <inheritdoc />
    protected override bool Rename(Repository entity, UpdateEntityRequest request)
    {
        var (owner, name) = (entity.Owner, entity.Name);
        if (!string.IsNullOrEmpty(request.Owner)) entity.Owner = request.Owner;
        if (!string.IsNullOrEmpty(request.Name)) entity.Name = request.Name;
        return (owner, name) != (entity.Owner, entity.Name);
    }

    /// <inheritdoc />
    protected override string FullNameOf(Repository entity) => entity.FullName;

    /// <inheritdoc />
    protected override Expression<Func<Repository, bool>> HasNameOf(Repository entity)
    {
        var (owner, name) = (entity.NormalizedOwner, entity.NormalizedName);
        return x => x.NormalizedOwner == owner && x.NormalizedName == name;
    }

    /// <inheritdoc />
    protected override IQueryable<Repository> Narrow(IQueryable<Repository> all, EntityFilter filter)
    {
        var owner = Normalized.Of(filter.Owner ?? "");
        all = base.Narrow(all, filter);
        return owner.Length > 0 ? all.Where(x => x.NormalizedOwner == owner) : all;
    }

    /// <inheritdoc />
    protected override bool IsWanted(Repository entity, EntityFilter filter) =>
        EntityFilter.Admits(filter.Owner, entity.Owner) && base.IsWanted(entity, filter);

    /// <inheritdoc />
    protected override RepositoryView ToView(Repository entity) => EntityViews.ToView(entity);

    /// <inheritdoc />
    protected override RepositoryView ToDetailedView(Repository entity) => EntityViews.ToDetailedView(entity);
}
