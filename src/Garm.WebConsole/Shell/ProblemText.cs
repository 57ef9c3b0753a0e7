using System.Data.Common;
using Garm.Data;

namespace Garm.WebConsole.Shell;

/// <summary>Says what went wrong, without what only a programmer needs: that is in the hub's log.</summary>
internal static class ProblemText
{
    public static string Of(Exception fault) => fault switch
    {
        GarmException refusal => refusal.Message,
        DbException or TimeoutException => "The database does not answer. The hub's log says more.",
        _ => "The hub's log says why.",
    };
}
