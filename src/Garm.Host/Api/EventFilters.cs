using System.Text;
using Garm.Actors.Changes;
using Garm.Contracts.Events;
using Garm.Data;

namespace Garm.Host.Api;

/// <summary>Reads the query parameters that the routes with events share.</summary>
internal static class EventFilters
{
    private const int DefaultLimit = 100;
    private const int MaxLimit = 1_000;

    private static readonly EventOptions Everything = EventOptions.Nothing with { SendEverything = true };

    /// <summary>What <c>filter</c> asks for; everything when it is absent.</summary>
    /// <param name="text">The parameter.</param>
    /// <param name="source">The source whose entities are all that the request's user may see; null for no such limit.</param>
    /// <exception cref="GarmException">400: it is no filter, or one that can never match.</exception>
    public static EventFilter Read(string? text, string? source)
    {
        if (string.IsNullOrEmpty(text)) return EventFilter.Of(Everything, source);
        return EventOptionsReader.Read(Encoding.UTF8.GetBytes(text), out var options, out var problem, cursorMode: true) switch
        {
            EventOptionsOutcome.Accepted => EventFilter.Of(options!, source),
            EventOptionsOutcome.Ignored => throw GarmException.BadRequest(
                $"{EventErrorCodes.InvalidFilter}: \"filter\" asks for nothing; it is what the event socket takes, such as {{\"filters\":[{{\"entity-type\":\"pool\"}}]}}"),
            _ => throw GarmException.BadRequest($"{EventErrorCodes.InvalidFilter}: {problem}"),
        };
    }

    /// <summary>What <c>limit</c> says; 100 when it is absent.</summary>
    /// <exception cref="GarmException">400: it is no number from 1 to 1000.</exception>
    public static int ReadLimit(string? text)
    {
        if (string.IsNullOrEmpty(text)) return DefaultLimit;
        return int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var limit)
            && limit is >= 1 and <= MaxLimit
            ? limit
            : throw GarmException.BadRequest($"\"limit\" must be a whole number from 1 to {MaxLimit}");
    }
}
