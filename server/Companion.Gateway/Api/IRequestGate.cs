namespace Companion.Gateway.Api;

/// <summary>Delays requests before they're sent. The delay doesn't count toward the request's time limit.</summary>
public interface IRequestGate
{
    /// <summary>Waits until the request may be sent, and counts it.</summary>
    /// <param name="isChange">True for a request that changes something on the gateway.</param>
    /// <exception cref="GatewayException">The wait would be too long. Nothing was sent.</exception>
    ValueTask EnterAsync(bool isChange, CancellationToken cancellationToken);
}
