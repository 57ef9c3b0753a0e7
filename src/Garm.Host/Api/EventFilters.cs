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

    /// <summary>The filter in <c>filter</c>; one that matches everything when the parameter is absent.</summary>
    /// <param name="text">The parameter.</param>
    /// <param name="source">The only source whose entities the request's user may see; null for no such limit.</param>
    /// <exception cref="GarmException">400: it is not a filter, or can never match.</exception>
    public static EventFilter Read(string? text, string? source)
    {
        if (string.IsNullOrEmpty(text)) return EventFilter.Of(Everything, source);
        return EventOptionsReader.Read(Encoding.UTF8.GetBytes(text), out var options, out var problem, cursorMode: true) switch
        {
            EventOptionsOutcome.Accepted => EventFilter.Of(options!, source),
            EventOptionsOutcome.Ignored => throw GarmException.BadRequest(
                $"{EventErrorCodes.InvalidFilter}: \"filter\" selects no events; it is a message of the event socket, such as {{\"filters\":[{{\"entity-type\":\"pool\"}}]}}"),
            _ => throw GarmException.BadRequest($"{EventErrorCodes.InvalidFilter}: {problem}"),
        };
    }

    /// <summary>The value of <c>limit</c>; 100 when it is absent.</summary>
    /// <exception cref="GarmException">400: it is not a number from 1 to 1000.</exception>
    public static int ReadLimit(string? text)
    {
        if (string.IsNullOrEmpty(text)) return DefaultLimit;
        return int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var limit)
            && limit is >= 1 and <= MaxLimit
            ? limit
            : throw GarmException.BadRequest($"\"limit\" must be a whole number from 1 to {MaxLimit}");
    }
}
