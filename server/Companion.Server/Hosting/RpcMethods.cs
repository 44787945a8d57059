using System.Text.Json;
using Companion.JsonRpc;
using Companion.Protocol;
using Companion.Server.Errors;

namespace Companion.Server.Hosting;

/// <summary>
/// Hangs the methods of the protocol into the JSON-RPC engine. With <see cref="RpcClient"/> the only code that knows the engine,
/// so that another one can take its place.
/// </summary>
internal static class RpcMethods
{
    /// <summary>Adds every method.</summary>
    /// <param name="rpc">The connection, not yet listening.</param>
    /// <param name="methods">What the methods do.</param>
    /// <param name="support">What helps when something fails.</param>
    /// <param name="lifecycle">What may be called when.</param>
    /// <param name="process">Is told of <c>initialize</c>, before and after.</param>
    /// <param name="setTrace">Is told how much to trace.</param>
    public static void AddTo(
        JsonRpc.JsonRpc rpc, ServerMethods methods, SupportMethods support, Lifecycle lifecycle, ServerProcess process, Action<string> setTrace)
    {
        rpc.Gate = (method, _) => lifecycle.Refuse(method) is { } refusal ? Translate(refusal) : null;

        rpc.Add(Methods.Initialize, (request, _) =>
        {
            process.OnInitializing(request);
            var result = methods.Initialize(request);
            lifecycle.Open();
            process.OnInitialized(request);
            return Task.FromResult(result);
        });
        rpc.Add(Methods.Initialized, _ => methods.Initialized());
        rpc.Add(Methods.Connect, methods.ConnectAsync);
        rpc.Add(Methods.Disconnect, methods.DisconnectAsync);
        rpc.Add(Methods.ListEnvironments, methods.ListEnvironmentsAsync);
        rpc.Add(Methods.GetEnvironment, methods.GetEnvironmentAsync);
        rpc.Add(Methods.ListNodePools, methods.ListNodePoolsAsync);
        rpc.Add(Methods.ListRoles, methods.ListRolesAsync);
        rpc.Add(Methods.WatchEnvironments, methods.WatchEnvironmentsAsync);
        rpc.Add(Methods.SignIn, methods.SignInAsync);
        rpc.Add(Methods.SignOut, (_, _) => Task.FromResult(methods.SignOut()));
        rpc.Add(Methods.GetAccount, (_, cancellationToken) => methods.GetAccountAsync(cancellationToken));
        rpc.Add(Methods.ListAccounts, methods.ListAccountsAsync);
        rpc.Add(Methods.Diagnose, support.DiagnoseAsync);
        rpc.Add(Methods.GetReport, (_, _) => Task.FromResult(support.GetReport()));
        rpc.Add(Methods.SetTrace, request => setTrace(request.Value));
        rpc.Add(Methods.Shutdown, (_, _) =>
        {
            lifecycle.ShutDown();
            methods.ShutDown();
            return Task.FromResult<Empty?>(null);
        });
        rpc.Add(Methods.Exit, _ => lifecycle.Exit());
    }

    private static void Add<TParams, TResult>(
        this JsonRpc.JsonRpc rpc, RequestType<TParams, TResult> type, Func<TParams, CancellationToken, Task<TResult>> handler) =>
        rpc.AddLocalRpcMethod(
            type.Name,
            async (request, cancellationToken) =>
            {
                try
                {
                    return await handler(request, cancellationToken).ConfigureAwait(false);
                }
                catch (MethodException e)
                {
                    throw Translate(e);
                }
            },
            type.Params,
            type.Result);

    private static void Add<TParams>(this JsonRpc.JsonRpc rpc, NotificationType<TParams> type, Action<TParams> handler) =>
        rpc.AddLocalRpcMethod(
            type.Name,
            (request, _) =>
            {
                handler(request);
                return Task.CompletedTask;
            },
            type.Params);

    private static LocalRpcException Translate(MethodException e) => new(e.Message)
    {
        ErrorCode = e.Code,
        ErrorData = e.ErrorData is { } data ? JsonSerializer.SerializeToElement(data, ProtocolJson.Default.ErrorData) : null,
    };
}
