namespace Companion.Gateway;

/// <summary>An answer that keeps when it was asked for.</summary>
internal interface IAnswer
{
    /// <summary>Told once, when the answer is read.</summary>
    /// <param name="timestamp">When the question was sent, as a timestamp of the client's clock.</param>
    void SetAskedAt(long timestamp);
}
