namespace Companion.Gateway.Api;

/// <summary>Asks a question again while it is not answered. A question is one GET: of a list, one page.</summary>
public interface IQuestionRetry
{
    /// <summary>Asks until there is an answer, or until it is no use asking again.</summary>
    /// <exception cref="GatewayException">What the last one failed with.</exception>
    Task<T> AskAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
        where T : class;
}
