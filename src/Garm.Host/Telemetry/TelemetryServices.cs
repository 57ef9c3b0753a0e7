using Garm.Actors.Telemetry;
using Garm.Data.Telemetry;
using Garm.Host.Api;
using Garm.Host.Authentication;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Garm.Host.Telemetry;

/// <summary>Collects what the rooms tell of themselves: metrics for whoever asks, traces only where they are sent.</summary>
internal static class TelemetryServices
{
    public const string MetricsPath = "/metrics";

    public static void AddTelemetry(this IServiceCollection services, MetricsOptions options)
    {
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("garm", serviceVersion: Garm.Contracts.GarmVersion.Text))
            .WithMetrics(metrics => metrics
                .AddMeter(ChangeLogTelemetry.Name, GarmTelemetry.Name, HostTelemetry.Name, "Microsoft.AspNetCore.Hosting")
                .AddRuntimeInstrumentation()
                .AddPrometheusExporter());
        if (!options.ExportsTraces) return;

        // The exporter reads the other OTEL_… variables itself.
        telemetry.WithTracing(traces => traces
            .AddSource(ChangeLogTelemetry.Name, GarmTelemetry.Name)
            .AddAspNetCoreInstrumentation(http => http.Filter = IsTraced)
            .AddOtlpExporter());
    }

    /// <summary><c>GET /metrics</c>.</summary>
    public static void MapMetrics(this WebApplication app, MetricsOptions options)
    {
        app.MapPrometheusScrapingEndpoint(MetricsPath);
        if (options.DisableAuth) return;
        app.UseWhen(
            context => context.Request.Path.StartsWithSegments(MetricsPath),
            branch => branch.Use(async (context, next) =>
            {
                var tokens = context.RequestServices.GetRequiredService<TokenService>();
                if (BearerToken.Find(context.Request) is { } token && await tokens.ReadAsync(token) is { ReadsMetrics: true })
                    await next(context);
                else
                    await ApiError.AuthenticationFailed.WriteAsync(context);
            }));
    }

    // A socket's request lasts for days, and what looks at the hub is not what it does.
    private static bool IsTraced(HttpContext context) =>
        context.Request.Path.StartsWithSegments(GarmApi.Prefix, out var rest) && !rest.StartsWithSegments("/ws");
}
