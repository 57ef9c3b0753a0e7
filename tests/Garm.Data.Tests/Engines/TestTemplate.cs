namespace Garm.Data.Tests.Engines;

/// <summary>
/// A database that is prepared once and copied for each test. An attempt that ran out of time, on a machine that had too much to do, is
/// made again; its failure is not kept for the tests that follow.
/// </summary>
internal sealed class TestTemplate(Func<Task<string>> make)
{
    private const int MostAttempts = 5;

    private readonly SemaphoreSlim _turn = new(1);
    private string? _made;

    /// <summary>Where it is; made by the first caller, while the others wait.</summary>
    public async Task<string> GetAsync()
    {
        if (_made is { } made) return made;
        await _turn.WaitAsync();
        try
        {
            for (var attempt = 1; _made is null; attempt++)
            {
                try
                {
                    _made = await make();
                }
                catch (TimeoutException) when (attempt < MostAttempts)
                {
                }
            }

            return _made;
        }
        finally
        {
            _turn.Release();
        }
    }
}
