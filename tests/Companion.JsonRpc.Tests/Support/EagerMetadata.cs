using System.Text.Json.Serialization.Metadata;

namespace Companion.JsonRpc.Tests;

/// <summary>Adds methods whose metadata is there already.</summary>
internal static class EagerMetadata
{
    public static void AddLocalRpcMethod<TParams, TResult>(
        this JsonRpc rpc, string name, Func<TParams, CancellationToken, Task<TResult>> handler, JsonTypeInfo<TParams> paramsType,
        JsonTypeInfo<TResult> resultType) => rpc.AddLocalRpcMethod(name, handler, () => paramsType, () => resultType);

    public static void AddLocalRpcMethod<TParams>(
        this JsonRpc rpc, string name, Func<TParams, CancellationToken, Task> handler, JsonTypeInfo<TParams> paramsType) =>
        rpc.AddLocalRpcMethod(name, handler, () => paramsType);
}
