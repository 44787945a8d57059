namespace Companion.Server.Storage;

/// <summary>What outlives the process: small named values, a lock for each change, and a bell between the processes of this machine.</summary>
internal interface IDurableStore
{
    /// <summary>A value, or null where there is none or it cannot be read.</summary>
    string? Read(string name);

    /// <summary>Reads, changes and writes one value; no other process can do so in between.</summary>
    /// <param name="change">Returns the new value, or null to remove it. Must be quick and must not call the store.</param>
    /// <returns>Null where it was written, otherwise the reason why not.</returns>
    string? Change(string name, Func<string?, string?> change);

    /// <summary>Takes a lock that no other process on this machine holds. The operating system frees it when this process dies.</summary>
    LockAttempt TryLock(string name);

    /// <summary>The names of locks whose record is not empty, whether or not somebody holds them.</summary>
    IReadOnlyList<string> FindRecords();

    /// <summary>The texts of files that version 0.1.0 kept. They are deleted: only one process gets each of them.</summary>
    /// <param name="pattern">File names, with wildcards.</param>
    IReadOnlyList<string> TakeOver(string pattern);

    /// <summary>Passes a text to the processes that listen, this one included.</summary>
    void Ring(string text);

    /// <summary>Listens for what is rung, perhaps more than once and perhaps late.</summary>
    /// <param name="rung">Called on any thread.</param>
    /// <returns>Stops listening when disposed.</returns>
    IDisposable Listen(Action<string> rung);
}
