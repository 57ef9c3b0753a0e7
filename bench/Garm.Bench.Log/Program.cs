using Garm.Bench.Log;

if (BenchOptions.Parse(args) is not { } options)
{
    await Console.Error.WriteLineAsync(BenchOptions.Usage);
    return 2;
}

return await LogBench.RunAsync(options);
