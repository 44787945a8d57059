namespace Companion.Gateway.Api;

/// <summary>What each request has to pass before it is sent, and before its time limit begins to count.</summary>
public interface IRequestGate
{
    /// <summary>Waits until the request may be sent, and takes note that it is.</summary>
    /// <param name="isChange">True for a request that changes something on the gateway.</param>
    /// <exception cref="GatewayException">It may not be sent for too long; nothing was sent.</exception>
    ValueTask EnterAsync(bool isChange, CancellationToken cancellationToken);
}
