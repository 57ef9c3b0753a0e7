using System.Linq.Expressions;
using Garm.Contracts.Entities;
using Garm.Contracts.Requests;
using Garm.Data.Model;
using Garm.Data.Owners;
using Garm.Data.Secrets;
using Garm.Data.Values;
using Garm.Data.Writes;

namespace Garm.Data.Entities;

/// <summary>The operations on forge instances. Only Gitea has them, and each endpoint has at most one.</summary>
public sealed class ForgeInstanceStore(UnitOfWork work, SecretSealer sealer)
    : RunnerEntityStore<ForgeInstance, ForgeInstanceView, CreateForgeInstanceRequest>(EntityKind.ForgeInstance, work, sealer)
{
    /// <inheritdoc />
    protected override string MissingSecret => "missing webhook secret";

    /// <inheritdoc />
    protected override string? MissingName(CreateForgeInstanceRequest request) =>
        string.IsNullOrEmpty(request.EndpointName) ? "missing endpoint name" : null;

    /// <inheritdoc />
    protected override string? WrongForgeType(CreateForgeInstanceRequest request) => request.ForgeType == ForgeTypes.Gitea
        ? null
        : $"forge type {GoText.Quote(request.ForgeType ?? "")} does not support instance-level pools";

    /// <inheritdoc />
    protected override void CheckEndpoint(CreateForgeInstanceRequest request, ForgeEndpoint endpoint)
    {
        if (endpoint.Name != request.EndpointName)
        {
            throw GarmException.BadRequest(
                $"credentials endpoint {GoText.Quote(endpoint.Name)} does not match requested endpoint {GoText.Quote(request.EndpointName!)}");
        }
    }

    /// <inheritdoc />
    protected override ForgeInstance New(CreateForgeInstanceRequest request) => new() { Name = request.EndpointName! };

    /// <inheritdoc />
    protected override bool Rename(ForgeInstance entity, UpdateEntityRequest request)
    {
        if (request.Name is { Length: > 0 } name && name != entity.Name)
            throw GarmException.BadRequest("error updating forge instance: its name is its endpoint's and cannot be changed");
        return base.Rename(entity, request);
    }

    /// <inheritdoc />
    protected override string FullNameOf(ForgeInstance entity) => $"for endpoint {entity.Name}";

    /// <inheritdoc />
    protected override Expression<Func<ForgeInstance, bool>> HasNameOf(ForgeInstance entity) => _ => true;

    /// <inheritdoc />
    protected override IQueryable<ForgeInstance> Narrow(IQueryable<ForgeInstance> all, EntityFilter filter) =>
        base.Narrow(all, filter with { Name = null });

    /// <inheritdoc />
    protected override bool IsWanted(ForgeInstance entity, EntityFilter filter) =>
        base.IsWanted(entity, filter with { Name = null });

    /// <inheritdoc />
    protected override ForgeInstanceView ToView(ForgeInstance entity) => EntityViews.ToView(entity);

    /// <inheritdoc />
    protected override ForgeInstanceView ToDetailedView(ForgeInstance entity) => EntityViews.ToDetailedView(entity);
}
