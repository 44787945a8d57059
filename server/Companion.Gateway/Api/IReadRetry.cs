namespace Companion.Gateway.Api;

/// <summary>Retries reads. A read is a single GET, such as one page of a list.</summary>
public interface IReadRetry
{
    /// <summary>Reads until there's a response, or until retrying is pointless.</summary>
    /// <exception cref="GatewayException">The last attempt failed.</exception>
    Task<T> ExecuteAsync<T>(Func<CancellationToken, Task<T>> read, CancellationToken cancellationToken)
        where T : class;
}
