using Garm.Actors.Sessions;
using Garm.Actors.Telemetry;
using Garm.Data.Telemetry;
using Garm.Host.Authentication;
using Garm.Host.Http;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Garm.Host.Telemetry;

/// <summary>Collects metrics and traces of all projects. Traces are recorded only when an exporter is configured.</summary>
internal static class TelemetryServices
{
    public const string MetricsPath = "/metrics";

    public static void AddTelemetry(this IServiceCollection services, MetricsOptions options)
    {
        services.AddSingleton<FleetMetricsLease>();
        services.AddHostedService(provider => provider.GetRequiredService<FleetMetricsLease>());
        services.AddSingleton<GarmMetricsAnswer>();
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
        ShowGauges(app.Services);
        app.UseWhen(
            context => context.Request.Path.StartsWithSegments(MetricsPath),
            branch => branch.Use(async (context, next) =>
            {
                if (options.DisableAuth)
                {
                    await AnswerAsync();
                    return;
                }

                var tokens = context.RequestServices.GetRequiredService<TokenService>();
                if (BearerToken.Find(context.Request) is { } token && await tokens.ReadAsync(token) is { ReadsMetrics: true })
                    await AnswerAsync();
                else
                    await ApiError.AuthenticationFailed.WriteAsync(context);

                Task AnswerAsync() => context.RequestServices.GetRequiredService<GarmMetricsAnswer>().InvokeAsync(context, next);
            }));
    }

    /// <summary>
    /// Creates the instruments at the start: dashboards then show gauges at once, and the first increase of a counter is visible only
    /// after its zero was exported. The collection must already listen.
    /// </summary>
    private static void ShowGauges(IServiceProvider services)
    {
        services.GetRequiredService<MeterProvider>();
        ChangeLogTelemetry.Show();
        GarmTelemetry.Show();
        SessionTelemetry.Show();
    }

    // The request of a socket lasts for days, and the requests of monitors say nothing about the hub's work.
    private static bool IsTraced(HttpContext context) =>
        context.Request.Path.StartsWithSegments(ApiRoute.Prefix, out var rest) && !rest.StartsWithSegments("/ws");
}
