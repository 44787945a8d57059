namespace Companion.JsonRpc;

/// <summary>Runs posted work at once. A method starts on the reader's thread, in the order of arrival, and runs up to its first wait.</summary>
internal sealed class InlineContext : SynchronizationContext
{
    /// <inheritdoc/>
    public override void Post(SendOrPostCallback d, object? state) => d(state);

    /// <inheritdoc/>
    public override SynchronizationContext CreateCopy() => this;
}
