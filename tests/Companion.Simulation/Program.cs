#pragma warning disable RS0030 // the entry point owns the console
using System.Diagnostics;
using System.Globalization;
using Companion.Simulation;
using Companion.Simulation.Lag;
using Companion.Simulation.Mutants;
using Companion.Simulation.Running;

const int Broken = 1;
const int WrongArguments = 64; // sysexits.h: EX_USAGE
const int ShownFailures = 3;

if (SimulateOptions.Parse(args) is not { } options)
    return Refuse(SimulateOptions.Usage);
if (options.Lag is { } file)
{
    var page = LagTable.Page();
    File.WriteAllText(file, page);
    Console.WriteLine(page);
    return 0;
}

if (options.Mutant == "list")
{
    foreach (var known in AllMutants.List)
        Console.WriteLine($"{known.Invariant,-16}{known.Name}");
    return 0;
}

var mutant = AllMutants.List.FirstOrDefault(known => known.Name == options.Mutant);
if (options.Mutant is not null && mutant is null)
    return Refuse("There is no such mutant: --mutant list names them.");
return options.Seed is { } seed ? One(seed) : Many();

int One(ulong one)
{
    var (text, violation) = Report.OneRun(one, mutant);
    Console.WriteLine(text);
    if (violation is null)
        return 0;
    Console.WriteLine(Report.Failure(one, violation, mutant));
    return Broken;
}

int Many()
{
    var watch = Stopwatch.StartNew();
    var result = Campaign.Run(options.From, options.Seeds, mutant);
    var took = watch.Elapsed;
    if (!options.IsQuiet)
        Console.WriteLine(Report.Of(result.Statistics));
    foreach (var (failed, violation) in result.Failures.DistinctBy(static failure => failure.Violation.Invariant).Take(ShownFailures))
        Console.WriteLine(Report.Failure(failed, violation, mutant));
    foreach (var group in result.Failures.GroupBy(static failure => failure.Violation.Invariant))
        Console.WriteLine($"{group.Key}: broken by {group.Count()} seed(s): {string.Join(", ", group.Take(10).Select(static failure => failure.Seed))}");
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{result.Runs} schedules in {took.TotalSeconds:0.0} s ({result.Runs / took.TotalSeconds:0} a second), {result.Failures.Count} failed"));
    return result.Failures.Count == 0 ? 0 : Broken;
}

static int Refuse(string why)
{
    Console.Error.WriteLine(why);
    return WrongArguments;
}
