namespace Garm.Client.Events;

internal static class Causes
{
    /// <summary>The innermost message is the system's own (<c>Connection refused</c>); the outer ones only say where it occurred.</summary>
    public static string Innermost(Exception exception)
    {
        while (exception.InnerException is { } inner) exception = inner;
        return exception.Message;
    }
}
