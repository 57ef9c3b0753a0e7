using Garm.Contracts.Requests;
using Garm.Data.Model;
using Garm.Data.Values;

namespace Garm.Data.Templates;

/// <summary>
/// The checks of a template; their order and messages are GARM's. The hub does not run templates, so it does not parse them either:
/// errors in a template appear where it is run.
/// </summary>
internal static class TemplateRules
{
    private const string EmptyName = "name cannot be empty";

    public static void Check(CreateTemplateRequest request)
    {
        if (Wrong(request) is { } wrong) throw GarmException.BadRequest($"invalid create params {GoText.Quote(wrong)}");
    }

    public static void Check(UpdateTemplateRequest request)
    {
        if (request.Name is "") throw GarmException.BadRequest($"invalid update params: {GoText.Quote(EmptyName)}");
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
}
