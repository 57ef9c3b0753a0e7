using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Garm.WebConsole.Access;

/// <summary>Answers that are no page of the console.</summary>
internal static class Answers
{
    /// <summary>403, for users who are no administrators.</summary>
    public static IResult NotForYou => new RazorComponentResult<NotForYouPage> { StatusCode = StatusCodes.Status403Forbidden };

    /// <summary>404.</summary>
    public static IResult NoSuchPage => new RazorComponentResult<NoSuchPage> { StatusCode = StatusCodes.Status404NotFound };

    /// <summary>A page that opens the same address again.</summary>
    /// <param name="address">The address, encoded for HTML.</param>
    public static IResult AskAgain(string address) => Results.Content(
        $"""
        <!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Garm</title>
        <meta http-equiv="refresh" content="0;url={address}"></head><body><a href="{address}">Go on</a></body></html>
        """,
        "text/html; charset=utf-8");
}
