namespace Companion.Server.Storage;

/// <summary>The result of asking for a lock.</summary>
internal abstract record LockAttempt
{
    /// <summary>Another process holds it: the operating system says so.</summary>
    public sealed record Held : LockAttempt;

    /// <summary>It is taken.</summary>
    public sealed record Taken(IStoreLock Lock) : LockAttempt;

    /// <summary>It cannot be known whether anybody holds it.</summary>
    public sealed record Unusable(string Reason) : LockAttempt;
}

/// <summary>A lock that this process holds until it is disposed, with a record that stays when the process dies.</summary>
internal interface IStoreLock : IDisposable
{
    /// <summary>The record, or null where there is none or it cannot be read.</summary>
    string? Read();

    /// <summary>Replaces the record; null removes it.</summary>
    /// <returns>Null where it was written, otherwise the reason why not.</returns>
    string? Write(string? text);
}
