using System.Text;

namespace Garm.Host.Http;

/// <summary>The encodings of headers of answers, the hub's and those that it passes on.</summary>
internal static class HeaderEncodings
{
    /// <summary>
    /// UTF-8 for <c>Content-Disposition</c>, where a file's name stands as it is, as GARM has it; for the others Latin-1, which keeps every
    /// byte that a server sends.
    /// </summary>
    public static Encoding Of(string name) =>
        name.Equals("Content-Disposition", StringComparison.OrdinalIgnoreCase) ? Encoding.UTF8 : Encoding.Latin1;
}
