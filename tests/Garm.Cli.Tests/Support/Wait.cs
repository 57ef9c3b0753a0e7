namespace Garm.Cli.Tests.Support;

/// <summary>Waits for a named condition, so that a test that hangs says what it waits for.</summary>
internal static class Wait
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task<T> ForAsync<T>(string what, Task<T> task)
    {
        try
        {
            return await task.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"waited {Patience.TotalSeconds:0} s for: {what}");
        }
    }

    public static Task ForAsync(string what, Task task) => ForAsync(what, WithResultAsync(task));

    private static async Task<bool> WithResultAsync(Task task)
    {
        await task;
        return true;
    }
}
