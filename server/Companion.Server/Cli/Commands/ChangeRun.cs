using System.Text.Json;
using Companion.Protocol;
using Companion.Server.Cli.Output;

namespace Companion.Server.Cli.Commands;

/// <summary>Runs a change with its progress, and prints the environment as it's then.</summary>
internal static class ChangeRun
{
    public static async Task<EnvironmentInfo> RunAsync(Invocation invocation, Func<ICompanionServer, JsonElement, Task<EnvironmentInfo>> change)
    {
        EnvironmentInfo changed;
        using (var progress = new ProgressLine(invocation.Terminal, invocation.Time))
            changed = await invocation.Server.ChangeAsync(change, progress.Report).ConfigureAwait(false);
        invocation.Print(changed);
        return changed;
    }
}
