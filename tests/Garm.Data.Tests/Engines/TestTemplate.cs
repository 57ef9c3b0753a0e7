namespace Garm.Data.Tests.Engines;

/// <summary>
/// A database that is prepared once and copied for each test. A preparation that timed out on a busy machine is
/// repeated; its failure does not affect the tests that follow.
/// </summary>
internal sealed class TestTemplate(Func<Task<string>> make)
{
    private const int MostAttempts = 5;

    private readonly SemaphoreSlim _turn = new(1);
    private string? _made;

    /// <summary>Its location; the first caller creates it, while the others wait.</summary>
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
