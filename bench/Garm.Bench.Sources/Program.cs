using System.Globalization;
using Garm.Bench.Sources;

const string Usage = "usage: Garm.Bench.Sources [--items latency,rate,list] [--seconds 20] [--runners 50000]";
var options = new Dictionary<string, string> { ["--items"] = "latency,rate,list", ["--seconds"] = "20", ["--runners"] = "50000" };
for (var i = 0; i < args.Length; i += 2)
{
    if (i + 1 == args.Length || !options.ContainsKey(args[i]))
    {
        await Console.Error.WriteLineAsync(Usage);
        return 2;
    }

    options[args[i]] = args[i + 1];
}

var (seconds, runners) = (int.Parse(options["--seconds"], CultureInfo.InvariantCulture), int.Parse(options["--runners"], CultureInfo.InvariantCulture));
var holds = true;
Console.WriteLine($"{"",-52}{"measured",12}{"at most",10}");
foreach (var item in options["--items"].Split(','))
{
    var figures = item switch
    {
        "latency" => await SourceBench.LatencyAsync(seconds),
        "rate" => await SourceBench.RateAsync(seconds),
        "list" => await SourceBench.ListAsync(runners),
        _ => throw new ArgumentException($"{item}: {Usage}"),
    };
    foreach (var figure in figures)
    {
        holds &= figure.Holds;
        var bound = double.IsInfinity(figure.Bound) ? "" : figure.Bound.ToString(CultureInfo.InvariantCulture);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{figure.Item,-52}{figure.Value,12:F3}{bound,10} {figure.Unit} {(figure.Holds ? "" : "OVER")}"));
    }
}

return holds ? 0 : 1;
