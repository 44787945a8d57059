namespace Companion.Server.Scheduling;

/// <summary>For systems on which Companion can't set timers.</summary>
internal sealed class NoTimers : IUserTimers
{
    /// <inheritdoc/>
    public Task<string?> FindObstacleAsync(CancellationToken cancellationToken) => Task.FromResult<string?>(Reason);

    /// <inheritdoc/>
    public Task<bool> HasVariableAsync(string name, CancellationToken cancellationToken) => Task.FromResult(false);

    /// <inheritdoc/>
    public Task<string?> SetAsync(string id, DateTimeOffset at, IReadOnlyList<string> command, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(Reason);

    /// <inheritdoc/>
    public Task RemoveAsync(string id, CancellationToken cancellationToken) => Task.CompletedTask;

    private const string Reason = "Companion can't set timers on this system";
}
