using System.Globalization;
using Garm.Bench.Budget;

// load [--runs N] [--items 1,2,…]: prints each run's line, then the table; exit code 1 when an item is over its budget.
var runs = 3;
string[] items = [];
for (var i = 0; i < args.Length; i++)
{
    var value = i + 1 < args.Length ? args[i + 1] : "";
    if (args[i] == "--runs" && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out runs) && runs > 0) i++;
    else if (args[i] == "--items" && value.Length > 0) items = args[++i].Split(',');
    else return Refuse($"{args[i]} {value} is not accepted");
}

var verdicts = new Verdicts();
var all = AllItems(runs, verdicts);
if (items.FirstOrDefault(x => !all.ContainsKey(x)) is { } unknown) return Refuse($"there is no item {unknown}");
if (!Nats.IsInstalled) await Console.Error.WriteLineAsync("nats-server is not installed (apt-get install nats-server): measured without it");
foreach (var (name, item) in all)
{
    if (items.Length == 0 || items.Contains(name)) await item();
}

verdicts.Print();
return verdicts.AllHold ? 0 : 1;

int Refuse(string wrong)
{
    Console.Error.WriteLine($"{wrong}; accepted: --runs 1…, --items with some of {string.Join(",", AllItems(1, new Verdicts()).Keys)}");
    return 2;
}

static Dictionary<string, Func<Task>> AllItems(int runs, Verdicts verdicts) =>
    new Items(runs, verdicts).All
        .Concat(new SnapshotItems(runs, verdicts).All).Concat(new WriteItems(runs, verdicts).All)
        .Concat(new ConsoleItems(runs, verdicts).All).ToDictionary();
