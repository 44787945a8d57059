using System.Text.Json;
using Companion.Protocol;

namespace Companion.Server.InProcess;

/// <summary>Calls the server's methods.</summary>
internal interface IServerCalls
{
    /// <summary>Calls a method.</summary>
    /// <exception cref="ServerException">The server has responded with an error.</exception>
    /// <exception cref="OperationCanceledException">A call that only reads was canceled.</exception>
    Task<T> CallAsync<T>(Func<ICompanionServer, Task<T>> call);

    /// <summary>Calls a method that reports its stages.</summary>
    /// <param name="call">Passes on the token for progress.</param>
    /// <exception cref="ServerException">The server has responded with an error, also if the call was canceled.</exception>
    Task<T> ChangeAsync<T>(Func<ICompanionServer, JsonElement, Task<T>> call, Action<WorkDoneProgress> onProgress);
}
