using PolyType;
using StreamJsonRpc;

namespace Companion.PlainServer;

/// <summary>The benchmark's methods.</summary>
[JsonRpcContract]
[GenerateShape(IncludeMethods = MethodShapeFlags.PublicInstance)]
internal partial interface IPlainServer
{
    /// <summary>The first request.</summary>
    [JsonRpcMethod("initialize", UseSingleObjectParameterDeserialization = true)]
    Task<InitializeResult> InitializeAsync(InitializeParams request);

    /// <summary>The benchmark's request.</summary>
    [JsonRpcMethod("getAccount")]
    Task<Account> GetAccountAsync();
}
