using System.Diagnostics.CodeAnalysis;
using Companion.PlainServer;
using StreamJsonRpc;

using var rpc = new JsonRpc(new HeaderDelimitedMessageHandler(Console.OpenStandardOutput(), Console.OpenStandardInput(), CreateFormatter()));
rpc.AddLocalRpcTarget(RpcTargetMetadata.FromShape<IPlainServer>(), new PlainServer(), options: null);
rpc.StartListening();
await rpc.Completion.ConfigureAwait(false);

[UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "With a source-generated context, as its guide to NativeAOT shows.")]
[UnconditionalSuppressMessage("AOT", "IL3050", Justification = "The same.")]
static SystemTextJsonFormatter CreateFormatter() => new() { JsonSerializerOptions = PlainJson.Default.Options };
