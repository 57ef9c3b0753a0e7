using Garm.Contracts.Entities;
using Garm.Contracts.Requests;
using Garm.Data.Model;
using Garm.Data.Values;
using Garm.Data.Writes;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Templates;

/// <summary>The filter of a list of templates; null or empty matches any.</summary>
/// <param name="OsType">The operating system.</param>
/// <param name="ForgeType">The kind of forge.</param>
/// <param name="PartOfName">A part of the name, case-insensitive.</param>
public sealed record TemplateFilter(string? OsType, string? ForgeType, string? PartOfName);

/// <summary>
/// The operations on runner installation templates; checks and messages are GARM's (recorded in <c>template-*</c>).
/// </summary>
public sealed class TemplateStore(UnitOfWork work)
{
    private const string Taken = "a template name already exists with the specified name";
    private const string Unknown = "failed to get template: not found";

    /// <summary>The templates that match the filter, by creation time, without their data.</summary>
    public Task<IReadOnlyList<TemplateView>> ListAsync(TemplateFilter filter, CancellationToken cancellation) => work.ReadAsync(
        async db =>
        {
            var found = db.Templates.Include(x => x.Owner).AsQueryable();
            if (!string.IsNullOrEmpty(filter.OsType)) found = found.Where(x => x.OsType == filter.OsType);
            if (!string.IsNullOrEmpty(filter.ForgeType)) found = found.Where(x => x.ForgeType == filter.ForgeType);
            if (!string.IsNullOrEmpty(filter.PartOfName))
            {
                var part = filter.PartOfName.ToLowerInvariant(); // Not normalized: its end is not the name's.
                found = found.Where(x => x.NormalizedName.Contains(part));
            }

            var templates = await found.OrderBy(x => x.Id).ToListAsync(cancellation);
            return (IReadOnlyList<TemplateView>)templates.ConvertAll(x => x.ToView() with { Data = null });
        },
        cancellation);

    /// <summary>A template.</summary>
    public Task<TemplateView> GetAsync(long id, CancellationToken cancellation) => work.ReadAsync(
        async db => (await FindAsync(db, id, cancellation)
            ?? throw GarmException.NotFound($"failed to get template: {Unknown}")).ToView(),
        cancellation);

    /// <summary>Creates a template that belongs to the user.</summary>
    public Task<TemplateView> CreateAsync(Guid ownerId, CreateTemplateRequest request, CancellationToken cancellation)
    {
        TemplateRules.Check(request);
        return work.WriteAsync(
            async db =>
            {
                await RefuseTakenAsync(db, request.Name!, ownerId, 0, "failed to create template", cancellation);
                var template = new Template
                {
                    Name = request.Name!,
                    Description = request.Description ?? "",
                    OsType = request.OsType!,
                    ForgeType = request.ForgeType!,
                    Data = request.Data!,
                    Owner = await db.Users.SingleOrDefaultAsync(x => x.Id == ownerId, cancellation)
                        ?? throw GarmException.Unauthorized(),
                };
                db.Templates.Add(template);
                return template;
            },
            template => template.ToView(),
            cancellation);
    }

    /// <summary>Changes the fields that the request has; each of them counts as a change.</summary>
    public Task<TemplateView> UpdateAsync(long id, UpdateTemplateRequest request, CancellationToken cancellation)
    {
        const string failed = "failed to update template: failed to update template";
        TemplateRules.Check(request);
        return work.WriteAsync(
            async db =>
            {
                var template = await FindAsync(db, id, cancellation) ?? throw GarmException.NotFound($"{failed}: {Unknown}");
                if (request.Name is { } name) await RefuseTakenAsync(db, name, template.OwnerId, id, failed, cancellation);
                if (request is { Name: null, Description: null, Data: null or [] }) return template;

                template.Name = request.Name ?? template.Name;
                template.Description = request.Description ?? template.Description;
                if (request.Data is { Length: > 0 } data) template.Data = data;
                db.Touch(template);
                return template;
            },
            template => template.ToView(),
            cancellation);
    }

    /// <summary>Deletes a template if it exists. Refused while a pool uses it.</summary>
    public Task DeleteAsync(long id, CancellationToken cancellation) => work.WriteAsync(
        async db =>
        {
            if (await FindAsync(db, id, cancellation) is not { } template) return;
            if (await db.Pools.AnyAsync(x => x.TemplateId == id, cancellation)
                || await db.ScaleSets.AnyAsync(x => x.TemplateId == id, cancellation))
            {
                throw GarmException.BadRequest(
                    "failed to delete template: failed to delete template: "
                    + "cannot delete template while in use by pools or scale sets");
            }

            db.Templates.Remove(template);
        },
        cancellation);

    /// <summary>Restores the name and content of built-in templates, and creates those that were deleted.</summary>
    public Task RestoreAsync(RestoreTemplatesRequest request, CancellationToken cancellation)
    {
        var originals = request.RestoreAll == true ? BuiltInTemplates.Create() : [Original(request.Forge ?? "", request.OsType ?? "")];
        return work.WriteAsync(
            async db =>
            {
                foreach (var original in originals) await RestoreAsync(db, original, cancellation);
            },
            cancellation);
    }

    private static async Task RestoreAsync(GarmDbContext db, Template original, CancellationToken cancellation)
    {
        var template = await db.Templates.OrderBy(x => x.Id).FirstOrDefaultAsync(
            x => x.OwnerId == null && x.OsType == original.OsType && x.ForgeType == original.ForgeType, cancellation);
        if (template is null)
        {
            // A copy, because a second attempt would find this one used. GARM's description after a restore differs from the first one.
            db.Templates.Add(new Template
            {
                Name = original.Name,
                Description = $"Default template for {original.ForgeType} runners on {original.OsType}",
                OsType = original.OsType,
                ForgeType = original.ForgeType,
                Data = original.Data,
            });
            return;
        }

        template.Name = original.Name;
        template.Data = original.Data;
        db.Touch(template);
    }

    private static Template Original(string forge, string osType)
    {
        var failed = $"failed to get template content for {forge}/{osType}";
        if (forge is not (ForgeTypes.Github or ForgeTypes.Gitea))
            throw GarmException.NotFound($"{failed}: could not find template for forge type: {GoText.Quote(forge)}");
        return BuiltInTemplates.Create().SingleOrDefault(x => x.ForgeType == forge && x.OsType == osType)
            ?? throw GarmException.NotFound(
                $"{failed}: could not find template for forge {forge} and OS type: {GoText.Quote(osType)}");
    }

    private static Task<Template?> FindAsync(GarmDbContext db, long id, CancellationToken cancellation) =>
        db.Templates.Include(x => x.Owner).SingleOrDefaultAsync(x => x.Id == id, cancellation);

    /// <summary>The names of a user's templates are unique. A built-in template may have any name, as in GARM.</summary>
    private static async Task RefuseTakenAsync(
        GarmDbContext db, string name, Guid? ownerId, long exceptId, string failed, CancellationToken cancellation)
    {
        if (ownerId is null) return;
        if (await db.Templates.AnyAsync(x => x.Name == name && x.OwnerId == ownerId && x.Id != exceptId, cancellation))
            throw GarmException.Conflict($"{failed}: {Taken}");
    }
}
