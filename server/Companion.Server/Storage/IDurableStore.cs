namespace Companion.Server.Storage;

/// <summary>What outlives the process: small named texts, and locks that end with their holder.</summary>
internal interface IDurableStore
{
    /// <summary>A text, or null where there is none or it cannot be read.</summary>
    /// <param name="name">Its name, of letters, digits, dots and hyphens.</param>
    string? Read(string name);

    /// <summary>Puts a text in place of another one. Whoever reads it sees the old or the new, whenever this process dies.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="text">The text.</param>
    void Write(string name, string text);

    /// <summary>Forgets a text.</summary>
    /// <param name="name">Its name.</param>
    void Delete(string name);

    /// <summary>The names of the texts that begin so.</summary>
    /// <param name="prefix">How they begin.</param>
    IReadOnlyList<string> Names(string prefix);

    /// <summary>Tells when a text is written, by whichever process; perhaps more than once, and perhaps late.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="written">Called on any thread.</param>
    /// <returns>Ends it when disposed.</returns>
    IDisposable Watch(string name, Action written);

    /// <summary>Takes a lock that no other process on this machine has. It is free again when disposed, or when this process dies.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The lock, or null where somebody has it.</returns>
    IDisposable? TryLock(string name);
}
