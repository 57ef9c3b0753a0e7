using System.Text;
using Garm.Contracts.Requests;
using Garm.Data.Entities;
using Garm.Data.GoTemplates;

namespace Garm.Data.Stores;

/// <summary>What a template must be like; order and words are GARM's.</summary>
internal static class TemplateRules
{
    private const string EmptyName = "name cannot be empty";

    public static void Check(CreateTemplateRequest request)
    {
        if (Wrong(request) is { } wrong) throw GarmException.BadRequest($"invalid create params {GoText.Quote(wrong)}");
        CheckData(request.Data!);
    }

    public static void Check(UpdateTemplateRequest request)
    {
        if (request.Name is "") throw GarmException.BadRequest($"invalid update params: {GoText.Quote(EmptyName)}");
        if (request.Data is { Length: > 0 }) CheckData(request.Data);
    }

    private static string? Wrong(CreateTemplateRequest request)
    {
        if (string.IsNullOrEmpty(request.Name)) return EmptyName;
        if (request.Data is null or []) return "template data is empty";
        if (request.OsType is not (OsTypes.Linux or OsTypes.Windows))
            return $"invalid OS type: {GoText.Quote(request.OsType ?? "")}";
        return request.ForgeType is ForgeTypes.Github or ForgeTypes.Gitea
            ? null
            : $"invalid forge type: {GoText.Quote(request.ForgeType ?? "")}";
    }

    private static void CheckData(byte[] data)
    {
        if (GoTemplateSyntax.FindError(Encoding.UTF8.GetString(data)) is { } error)
            throw GarmException.BadRequest($"failed to validate template: invalid template: {error}");
    }
}
