using System.Text.Json;

namespace Companion.JsonRpc.Tests.Support;

/// <summary>The methods that most tests call, those of the specification's examples among them.</summary>
internal static class Methods
{
    public static void AddTo(JsonRpc rpc)
    {
        rpc.AddLocalRpcMethod("echo", (text, _) => Task.FromResult(text), TestJson.Default.Text, TestJson.Default.Text);
        rpc.AddLocalRpcMethod("order", (order, _) => Task.FromResult(order.Id), TestJson.Default.Order, TestJson.Default.String);
        rpc.AddLocalRpcMethod("lax", (order, _) => Task.FromResult(order.ProcessId ?? 0), TestJson.Default.LaxOrder, TestJson.Default.Int32);
        rpc.AddLocalRpcMethod("nothing", (_, _) => Task.CompletedTask, TestJson.Default.Nothing);
        rpc.AddLocalRpcMethod<Nothing, Text?>("none", (_, _) => Task.FromResult<Text?>(null), TestJson.Default.Nothing, TestJson.Default.Text!);
        rpc.AddLocalRpcMethod("sum", (numbers, _) => Task.FromResult(numbers.Sum()), TestJson.Default.Int32Array, TestJson.Default.Int32);
        rpc.AddLocalRpcMethod("subtract", (numbers, _) => Task.FromResult(Subtract(numbers)), TestJson.Default.JsonElement, TestJson.Default.Int32);
        rpc.AddLocalRpcMethod("get_data", (_, _) => Task.FromResult(Data()), TestJson.Default.Nothing, TestJson.Default.JsonElement);
        rpc.AddLocalRpcMethod("update", (_, _) => Task.CompletedTask, TestJson.Default.Int32Array);
        rpc.AddLocalRpcMethod("notify_hello", (_, _) => Task.CompletedTask, TestJson.Default.Int32Array);
    }

    private static int Subtract(JsonElement numbers) =>
        numbers.ValueKind == JsonValueKind.Array
            ? numbers[0].GetInt32() - numbers[1].GetInt32()
            : numbers.GetProperty("minuend").GetInt32() - numbers.GetProperty("subtrahend").GetInt32();

    private static JsonElement Data() => JsonElement.Parse("""["hello",5]""");
}
