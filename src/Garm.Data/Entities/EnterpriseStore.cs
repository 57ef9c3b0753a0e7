using Garm.Contracts.Entities;
using Garm.Contracts.Requests;
using Garm.Data.Model;
using Garm.Data.Owners;
using Garm.Data.Secrets;
using Garm.Data.Writes;

namespace Garm.Data.Entities;

/// <summary>The operations on enterprises. Only GitHub has them, so GARM does not check the forge type.</summary>
public sealed class EnterpriseStore(UnitOfWork work, SecretSealer sealer)
    : RunnerEntityStore<Enterprise, EnterpriseView, CreateEntityRequest>(EntityKind.Enterprise, work, sealer)
{
    /// <inheritdoc />
    protected override string? MissingName(CreateEntityRequest request) =>
        string.IsNullOrEmpty(request.Name) ? "missing enterprise name" : null;

    /// <inheritdoc />
    protected override string? ForgeTypeOf(CreateEntityRequest request) => ForgeTypes.Github;

    /// <inheritdoc />
    protected override Enterprise New(CreateEntityRequest request) => new() { Name = request.Name! };

    /// <inheritdoc />
    protected override EnterpriseView ToView(Enterprise entity) => EntityViews.ToView(entity);

    /// <inheritdoc />
    protected override EnterpriseView ToDetailedView(Enterprise entity) => EntityViews.ToDetailedView(entity);
}
