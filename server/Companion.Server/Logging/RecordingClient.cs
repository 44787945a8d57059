using System.Text.Json;
using Companion.Protocol;

namespace Companion.Server.Logging;

/// <summary>Records what the client is told about environments.</summary>
internal sealed class RecordingClient(IClient inner, FlightRecorder recorder) : IClient
{
    /// <inheritdoc/>
    public void EnvironmentChanged(EnvironmentChangedParams changed)
    {
        var state = changed.Environment is { } environment ? $"{environment.State}{Failure(environment)}" : "not described";
        var problem = changed.Problem is { } p ? $", not confirmed: {p.Status}" : "";
        recorder.Add("state", $"{changed.EnvironmentId} of {changed.AccountId}: {state}{problem}");
        inner.EnvironmentChanged(changed);
    }

    /// <inheritdoc/>
    public void LeaseEnding(LeaseEndingParams ending)
    {
        recorder.Add("state", $"{ending.EnvironmentId} of {ending.AccountId}: the lease ends at {ending.Until:u}");
        inner.LeaseEnding(ending);
    }

    /// <inheritdoc/>
    public void Progress(JsonElement token, ProgressValue value)
    {
        if (value is WorkDoneProgress work)
            recorder.Add("state", $"progress, {work.Kind}: {string.Join(": ", new[] { work.Title, work.Stage ?? work.Message }.OfType<string>())}");
        inner.Progress(token, value);
    }

    /// <inheritdoc/>
    public void LogMessage(LogMessageParams line) => inner.LogMessage(line);

    /// <inheritdoc/>
    public Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    private static string Failure(EnvironmentInfo environment) =>
        environment.Status is { Code: not "OK" } status ? $" after {status.Code}" : "";
}
