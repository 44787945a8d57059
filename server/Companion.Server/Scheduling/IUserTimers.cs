namespace Companion.Server.Scheduling;

/// <summary>Runs a program once at a time, whether or not VS Code is running.</summary>
internal interface IUserTimers
{
    /// <summary>Checks that timers can be set, without changing anything.</summary>
    /// <returns>Null, or the reason why not, as a sentence without a period.</returns>
    Task<string?> FindObstacleAsync(CancellationToken cancellationToken);

    /// <summary>True if the programs that it starts have an environment variable. Its value doesn't leave this method.</summary>
    Task<bool> HasVariableAsync(string name, CancellationToken cancellationToken);

    /// <summary>Sets or replaces a timer, and reads it back.</summary>
    /// <param name="id">Hexadecimal digits.</param>
    /// <param name="at">Rounded up to a second.</param>
    /// <param name="command">The program and its arguments.</param>
    /// <returns>Null if the system will run the command at that time, otherwise the reason why not.</returns>
    Task<string?> SetAsync(string id, DateTimeOffset at, IReadOnlyList<string> command, CancellationToken cancellationToken);

    /// <summary>Removes a timer. Does nothing if it doesn't exist.</summary>
    Task RemoveAsync(string id, CancellationToken cancellationToken);
}
