using Garm.Data.Secrets;
using Garm.WebConsole.Access;
using Garm.WebConsole.Fleet;
using Garm.WebConsole.History;
using Garm.WebConsole.Live;
using Garm.WebConsole.Nodes;
using Garm.WebConsole.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using MudBlazor.Services;

namespace Garm.WebConsole.Hosting;

/// <summary>Puts the console into a hub.</summary>
public static class ConsoleServices
{
    private const string Program = "Garm.Host";

    /// <summary>Where it is.</summary>
    public const string Path = "/ui";

    /// <summary>
    /// Has the web host find the console's files: in <c>wwwroot</c> beside the published program, and in a checkout where the build lists
    /// them, whatever the environment is called.
    /// </summary>
    public static void UseConsoleFiles(this IWebHostBuilder web)
    {
        web.UseSetting(
            WebHostDefaults.StaticWebAssetsKey, System.IO.Path.Combine(AppContext.BaseDirectory, $"{Program}.staticwebassets.runtime.json"));
        web.UseStaticWebAssets();
    }

    /// <summary>The folder of a published program's files.</summary>
    public static string WebRoot => System.IO.Path.Combine(AppContext.BaseDirectory, "wwwroot");

    /// <summary>Adds the console's services. The container must have the hub's actors and stores, and an <see cref="IConsoleAccess"/>.</summary>
    public static IServiceCollection AddConsole(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents(circuits =>
        {
            // All that a page shows is in its address, so that little is lost with a circuit; an abandoned one costs memory.
            circuits.DisconnectedCircuitRetentionPeriod = TimeSpan.FromSeconds(30);
            circuits.DisconnectedCircuitMaxRetained = 50;
        });
        services.AddMudServices();
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.SuppressXFrameOptionsHeader = true; // SecurityHeaders says more.
            antiforgery.Cookie.Name = "garm_form";
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
            antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });

        // Instead of keys in a folder of this node's user, which the framework would make when it starts.
        services.Replace(ServiceDescriptor.Singleton<IDataProtectionProvider>(
            provider => new SharedDataProtection(provider.GetRequiredService<SecretSealer>())));
        foreach (var warmUp in services.Where(x => x.ImplementationType?.Name == "DataProtectionHostedService").ToList()) services.Remove(warmUp);

        services.AddSingleton<NodeStop>();
        services.AddSingleton<PageTurns>();
        services.AddSingleton<LiveLines>();
        services.AddSingleton<FleetService>();
        services.AddSingleton<TimelineReader>();
        services.AddSingleton<NodeReader>();
        services.AddScoped<AdminActions>();
        services.AddScoped<PageState>();
        services.AddScoped<ConsoleUser>();
        return services;
    }

    /// <summary>Serves the console under <see cref="Path"/>. Nothing of it is at any other address.</summary>
    public static void UseConsole(this WebApplication app)
    {
        var files = System.IO.Path.Combine(AppContext.BaseDirectory, $"{Program}.staticwebassets.endpoints.json");
        if (!File.Exists(files))
        {
            app.Logger.LogWarning("There is no console at {Path}: the program's folder has no {File}", Path, System.IO.Path.GetFileName(files));
            return;
        }

        app.Map(Path, ui =>
        {
            ui.UseWebSockets();
            ui.UseMiddleware<SecurityHeaders>();
            ui.UseRouting();
            ui.UseMiddleware<ConsoleGate>();
            ui.UseAntiforgery();
            ui.UseEndpoints(routes =>
            {
                routes.MapStaticAssets(files);
                routes.MapLoginForms();
                routes.MapRazorComponents<App>()
                    .AddInteractiveServerRenderMode(mode =>
                    {
                        mode.ContentSecurityFrameAncestorsPolicy = null; // SecurityHeaders says it.
                        mode.DisableWebSocketCompression = true; // It takes some 0.2 MB a page, and about half of the time of a rendering.
                    })
                    .WithStaticAssets(files);
                routes.MapFallback(() => Answers.NoSuchPage);
            });
        });
    }
}
