using MudBlazor;

namespace Garm.WebConsole.Shell;

/// <summary>MudBlazor's colours and sizes; the same colours as in <c>console.css</c>.</summary>
internal static class ConsoleTheme
{
    private static readonly string[] Font =
        ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "Liberation Sans", "Arial", "sans-serif"];

    /// <summary>The light colours, which hold where no others are chosen.</summary>
    public static MudTheme Light { get; } = Of(":root");

    /// <summary>The dark ones, where <c>theme.js</c> has chosen them.</summary>
    public static MudTheme Dark { get; } = Of(":root[data-theme=dark]");

    private static MudTheme Of(string scope) => new()
    {
        PseudoCss = new PseudoCss { Scope = scope },
        PaletteLight = new PaletteLight
        {
            Primary = "#2457b3",
            Secondary = "#5a6478",
            Success = "#19703f",
            Warning = "#8a5200",
            Error = "#b3261e",
            Info = "#2457b3",
            Background = "#f4f6f9",
            Surface = "#ffffff",
            AppbarBackground = "#ffffff",
            AppbarText = "#1b2330",
            TextPrimary = "#1b2330",
            TextSecondary = "#4f5b6e",
            LinesDefault = "#d8dee8",
            TableLines = "#e3e8f0",
            Divider = "#d8dee8",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#8ab4ff",
            PrimaryContrastText = "#0e1726",
            Secondary = "#aab4c5",
            Success = "#6fcf97",
            Warning = "#f2b45c",
            Error = "#ff8a80",
            Info = "#8ab4ff",
            Background = "#0f141b",
            Surface = "#171e28",
            AppbarBackground = "#171e28",
            AppbarText = "#e4e9f1",
            TextPrimary = "#e4e9f1",
            TextSecondary = "#a3aec0",
            LinesDefault = "#2c3746",
            TableLines = "#232d3a",
            Divider = "#2c3746",
        },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "6px" },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Font, FontSize = ".84rem", LineHeight = "1.45", LetterSpacing = "normal" },
            Button = new ButtonTypography { FontFamily = Font, FontSize = ".82rem", TextTransform = "none", LetterSpacing = "normal" },
        },
    };
}
