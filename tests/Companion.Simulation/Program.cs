#pragma warning disable RS0030 // the entry point owns the console
using Companion.Simulation.Running;
using Companion.Simulation.Schedules;

var from = ulong.Parse(args[0]);
var n = ulong.Parse(args[1]);
var watch = System.Diagnostics.Stopwatch.StartNew();
var stats = new Companion.Simulation.World.Statistics();
var failures = new Dictionary<string, int>();
for (var seed = from; seed < from + n; seed++)
{
    var trace = n == 1 ? new List<string>() : null;
    var schedule = ScheduleGenerator.From(seed);
    var result = Run.Of(schedule, null, trace);
    stats.Add(result.Statistics);
    if (result.Violation is { } v)
    {
        failures[v.Invariant] = failures.GetValueOrDefault(v.Invariant) + 1;
        if (failures[v.Invariant] <= 3) Console.WriteLine($"{seed}: {v.ToString().Split('\n')[0]}");
    }
    if (trace is not null) Console.WriteLine(schedule + string.Join('\n', trace));
}
Console.WriteLine($"{n} in {watch.Elapsed}");
foreach (var (k, v) in failures) Console.WriteLine($"{k} {v}");
if (args.Length > 2) foreach (var (k, c) in stats.All) Console.WriteLine($"{k.Topic,-30} {k.Name,-50} {c}");
