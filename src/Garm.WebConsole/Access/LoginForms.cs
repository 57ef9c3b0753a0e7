using System.Globalization;
using Garm.Contracts.Requests;
using Garm.Data;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Garm.WebConsole.Access;

/// <summary>Login, logout and the first run: plain forms, since there is no circuit yet.</summary>
internal static class LoginForms
{
    /// <summary>The cookie that the hub reads tokens from.</summary>
    public const string Cookie = "garm_token";

    private const string Stale = "This form was too old, or another page sent it. Please try again.";

    public static void MapLoginForms(this IEndpointRouteBuilder ui)
    {
        ui.MapGet("/login", ([FromQuery(Name = "return")] string? to) => LoginPage(to));
        ui.MapPost("/login", (Delegate)LogInAsync).DisableAntiforgery(); // Without a valid token it answers with a page that explains it.
        ui.MapPost("/logout", (Delegate)LogOutAsync).DisableAntiforgery();
        ui.MapGet("/logout", (HttpContext context) => Results.Redirect(context.Request.PathBase + "/login"));
        ui.MapGet("/first-run", FirstRunFormAsync);
        ui.MapPost("/first-run", (Delegate)FirstRunAsync).DisableAntiforgery();
        ui.MapGet("/alive", () => Results.NoContent());
    }

    private static async Task<IResult> LogInAsync(HttpContext context, IAntiforgery antiforgery, IConsoleAccess access)
    {
        if (!await antiforgery.IsRequestValidAsync(context)) return LoginPage(null, Stale, StatusCodes.Status400BadRequest);
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (name, to) = (form["username"].ToString(), form["return"].ToString());
        try
        {
            var login = new LoginRequest { Username = name, Password = form["password"].ToString() };
            SetCookie(context, await access.LogInAsync(login, context.Connection.RemoteIpAddress, context.RequestAborted));
            return Results.Redirect(context.Request.PathBase + SafePath(to));
        }
        catch (GarmException e) when (e.Kind == RefusalKind.Unauthorized)
        {
            return LoginPage(to, "The user name or the password is wrong, or the user is disabled.", StatusCodes.Status401Unauthorized, name);
        }
        catch (TooManyLoginsException e)
        {
            context.Response.Headers.RetryAfter = e.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
            return LoginPage(
                to, $"Too many logins failed. Try again in {e.RetryAfterSeconds} s.", StatusCodes.Status429TooManyRequests, name);
        }
    }

    private static async Task<IResult> LogOutAsync(HttpContext context, IAntiforgery antiforgery)
    {
        if (!await antiforgery.IsRequestValidAsync(context)) return LoginPage(null, Stale, StatusCodes.Status400BadRequest);
        context.Response.Cookies.Delete(Cookie, Options(context));
        return Results.Redirect(context.Request.PathBase + "/login");
    }

    private static async Task<IResult> FirstRunFormAsync(HttpContext context, IConsoleAccess access) =>
        await access.NeedsFirstRunAsync(context.RequestAborted)
            ? FirstRunPage(new CreateUserRequest { Username = "admin" }, null, StatusCodes.Status200OK)
            : Results.Redirect(context.Request.PathBase + "/login");

    private static async Task<IResult> FirstRunAsync(HttpContext context, IAntiforgery antiforgery, IConsoleAccess access)
    {
        if (!await antiforgery.IsRequestValidAsync(context)) return FirstRunPage(new(), Stale, StatusCodes.Status400BadRequest);
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var request = new CreateUserRequest
        {
            Username = form["username"].ToString(),
            Email = form["email"].ToString(),
            FullName = form["full_name"].ToString(),
            Password = form["password"].ToString(),
        };
        if (request.Password != form["again"].ToString())
            return FirstRunPage(request, "The two passwords differ.", StatusCodes.Status400BadRequest);
        try
        {
            await access.FirstRunAsync(request, context.RequestAborted);
            var login = new LoginRequest { Username = request.Username, Password = request.Password };
            SetCookie(context, await access.LogInAsync(login, context.Connection.RemoteIpAddress, context.RequestAborted));
            return Results.Redirect(context.Request.PathBase + "/");
        }
        catch (GarmException e)
        {
            return FirstRunPage(
                request, e.Message, e.Kind == RefusalKind.Conflict ? StatusCodes.Status409Conflict : StatusCodes.Status400BadRequest);
        }
    }

    private static void SetCookie(HttpContext context, ConsoleToken token)
    {
        var options = Options(context);
        options.Expires = token.ExpiresAt;
        context.Response.Cookies.Append(Cookie, token.Text, options);
    }

    // A proxy that ends TLS sets this header; a client that forges it makes only its own login fail.
    private static CookieOptions Options(HttpContext context) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Path = "/",
        Secure = context.Request.IsHttps || context.Request.Headers["X-Forwarded-Proto"] == "https",
    };

    /// <summary>The path within the console that a login leads to; its first page for what is none.</summary>
    internal static string SafePath(string? path) =>
        path is ['/', ..] && path is not ['/', '/' or '\\', ..] && !path.Any(char.IsControl) ? path : "/";

    private static RazorComponentResult<LoginPage> LoginPage(
        string? to, string? problem = null, int status = StatusCodes.Status200OK, string? name = null) =>
        new(new { Return = SafePath(to), Problem = problem, Name = name }) { StatusCode = status };

    private static RazorComponentResult<FirstRunPage> FirstRunPage(CreateUserRequest given, string? problem, int status) =>
        new(new { Given = given, Problem = problem }) { StatusCode = status };
}
