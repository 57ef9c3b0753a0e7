using Garm.Contracts.Entities;
using Garm.Data.Model;
using static Garm.Data.Values.ViewValues;

namespace Garm.Data.Templates;

/// <summary>The views of a template in the REST API and in events.</summary>
internal static class TemplateViews
{
    /// <summary>The template with its data; the owner must be loaded.</summary>
    public static TemplateView ToView(this Template template) => new()
    {
        Id = template.Id,
        CreatedAt = template.CreatedAt,
        UpdatedAt = template.UpdatedAt,
        Name = template.Name,
        Description = template.Description,
        OsType = OrNull(template.OsType),
        ForgeType = OrNull(template.ForgeType),
        Data = template.Data,
        OwnerId = template.Owner?.Username ?? "system",
    };

    /// <summary>The last state; GARM leaves out the owner.</summary>
    public static TemplateView ToDeletedView(this Template template) => template.ToView() with { OwnerId = null };
}
