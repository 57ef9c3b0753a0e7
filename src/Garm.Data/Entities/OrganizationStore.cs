using Garm.Contracts.Entities;
using Garm.Contracts.Requests;
using Garm.Data.Model;
using Garm.Data.Owners;
using Garm.Data.Secrets;
using Garm.Data.Writes;

namespace Garm.Data.Entities;

/// <summary>The operations on organizations.</summary>
public sealed class OrganizationStore(UnitOfWork work, SecretSealer sealer)
    : RunnerEntityStore<Organization, OrganizationView, CreateEntityRequest>(EntityKind.Organization, work, sealer)
{
    /// <inheritdoc />
    protected override string? MissingName(CreateEntityRequest request) =>
        string.IsNullOrEmpty(request.Name) ? "missing org name" : null;

    /// <inheritdoc />
    protected override Organization New(CreateEntityRequest request) => new() { Name = request.Name! };

    /// <inheritdoc />
    protected override OrganizationView ToView(Organization entity) => EntityViews.ToView(entity);

    /// <inheritdoc />
    protected override OrganizationView ToDetailedView(Organization entity) => EntityViews.ToDetailedView(entity);
}
