using PolyType;
using StreamJsonRpc;

namespace Companion.PlainServer;

/// <summary>The methods of the benchmark.</summary>
[JsonRpcContract]
[GenerateShape(IncludeMethods = MethodShapeFlags.PublicInstance)]
internal partial interface IPlainServer
{
    /// <summary>The first request.</summary>
    [JsonRpcMethod("initialize", UseSingleObjectParameterDeserialization = true)]
    Task<Welcome> InitializeAsync(Question question);

    /// <summary>The request of the benchmark.</summary>
    [JsonRpcMethod("getAccount")]
    Task<Account> GetAccountAsync();
}
