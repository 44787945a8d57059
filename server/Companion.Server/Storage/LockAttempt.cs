namespace Companion.Server.Storage;

/// <summary>The result of trying to take a lock.</summary>
internal abstract record LockAttempt
{
    /// <summary>Another process holds it, according to the operating system.</summary>
    public sealed record Held : LockAttempt;

    /// <summary>It was taken.</summary>
    public sealed record Taken(IStoreLock Lock) : LockAttempt;

    /// <summary>It can't be determined whether anyone holds it.</summary>
    public sealed record Unusable(string Reason) : LockAttempt;
}

/// <summary>A lock that this process holds until disposed, with a record that survives the process.</summary>
internal interface IStoreLock : IDisposable
{
    /// <summary>The record, or null if there is none or it can't be read.</summary>
    string? Read();

    /// <summary>Replaces the record, or removes it if null.</summary>
    /// <returns>Null if it was written, otherwise the reason why not.</returns>
    string? Write(string? text);
}
