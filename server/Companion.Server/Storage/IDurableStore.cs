namespace Companion.Server.Storage;

/// <summary>
/// Data that outlives the process: small named values, a lock for each change, and a signal between the processes on this machine.
/// </summary>
internal interface IDurableStore
{
    /// <summary>The path of the folder that it is in. Empty if there is none.</summary>
    string Place => "";

    /// <summary>A value, or null if it doesn't exist or can't be read.</summary>
    string? Read(string name);

    /// <summary>Reads, changes, and writes one value atomically.</summary>
    /// <param name="change">Returns the new value, or null to remove it. Must be quick and must not call the store.</param>
    /// <returns>Null if it was written, otherwise the reason why not.</returns>
    string? Change(string name, Func<string?, string?> change);

    /// <summary>
    /// Takes a lock that no other process on this machine holds. The operating system releases it when this process ends.
    /// </summary>
    LockAttempt TryLock(string name);

    /// <summary>The names of locks with a record, whether or not they're held.</summary>
    IReadOnlyList<string> FindRecords();

    /// <summary>The contents of files from version 0.1.0, which are deleted: only one process gets each of them.</summary>
    /// <param name="pattern">File names, with wildcards.</param>
    IReadOnlyList<string> TakeOver(string pattern);

    /// <summary>Sends a text to all listening processes, including this one.</summary>
    void SendSignal(string text);

    /// <summary>Listens for signals, which may be repeated or late.</summary>
    /// <param name="onSignal">Called on any thread.</param>
    /// <returns>Stops listening when disposed.</returns>
    IDisposable Listen(Action<string> onSignal);
}
