using System.Text.Json;

namespace Companion.JsonRpc.Tests.Support;

/// <summary>The methods that most tests call, those of the specification's examples among them.</summary>
internal static class Methods
{
    private static TestJson Json => TestJson.Default;

    public static void AddTo(JsonRpc rpc)
    {
        rpc.AddLocalRpcMethod("echo", (text, _) => Task.FromResult(text), Json.Text, Json.Text);
        rpc.AddLocalRpcMethod("order", (order, _) => Task.FromResult(order.Id), Json.Order, Json.String);
        rpc.AddLocalRpcMethod("lax", (order, _) => Task.FromResult(order.ProcessId ?? 0), Json.LaxOrder, Json.Int32);
        rpc.AddLocalRpcMethod("nothing", (_, _) => Task.CompletedTask, Json.Nothing);
        rpc.AddLocalRpcMethod<Nothing, Text?>("none", (_, _) => Task.FromResult<Text?>(null), Json.Nothing, Json.Text!);
        rpc.AddLocalRpcMethod("sum", (numbers, _) => Task.FromResult(numbers.Sum()), Json.Int32Array, Json.Int32);
        rpc.AddLocalRpcMethod("subtract", (numbers, _) => Task.FromResult(Subtract(numbers)), Json.JsonElement, Json.Int32);
        rpc.AddLocalRpcMethod("get_data", (_, _) => Task.FromResult(Data()), Json.Nothing, Json.JsonElement);
        rpc.AddLocalRpcMethod("update", (_, _) => Task.CompletedTask, Json.Int32Array);
        rpc.AddLocalRpcMethod("notify_hello", (_, _) => Task.CompletedTask, Json.Int32Array);
    }

    private static int Subtract(JsonElement numbers) =>
        numbers.ValueKind == JsonValueKind.Array
            ? numbers[0].GetInt32() - numbers[1].GetInt32()
            : numbers.GetProperty("minuend").GetInt32() - numbers.GetProperty("subtrahend").GetInt32();

    private static JsonElement Data() => JsonElement.Parse("""["hello",5]""");
}
