using System.Text.Json;
using Garm.Bench.Load;

// One thread polls all sockets and handles what comes, so that the generator takes little from what it measures. The
// runtime reads these before the first socket is made, and knows no other place for them.
Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");
Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT", "1");

try
{
    var report = new LoadRun(LoadOptions.Parse(args)).Run();
    Console.WriteLine(JsonSerializer.Serialize(report));
    return (int)report["write_errors"] == 0 ? 0 : 1;
}
catch (ArgumentException e)
{
    await Console.Error.WriteLineAsync($"{e.Message}\n{LoadOptions.Usage}");
    return 2;
}
