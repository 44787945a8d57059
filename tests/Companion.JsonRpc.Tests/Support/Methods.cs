using System.Text.Json;

namespace Companion.JsonRpc.Tests.Support;

/// <summary>The methods that most tests call, including those of the specification's examples.</summary>
internal static class Methods
{
    private static TestJson Json => TestJson.Default;

    public static void AddTo(TestConnection rpc)
    {
        rpc.Add("echo", (text, _) => Task.FromResult(text), Json.Text, Json.Text);
        rpc.Add("order", (order, _) => Task.FromResult(order.Id), Json.Order, Json.String);
        rpc.Add("lax", (order, _) => Task.FromResult(order.ProcessId ?? 0), Json.LaxOrder, Json.Int32);
        rpc.Add("nothing", (_, _) => Task.CompletedTask, Json.Nothing);
        rpc.Add<Nothing, Text?>("none", (_, _) => Task.FromResult<Text?>(null), Json.Nothing, Json.Text!);
        rpc.Add("sum", (numbers, _) => Task.FromResult(numbers.Sum()), Json.Int32Array, Json.Int32);
        rpc.Add("subtract", (numbers, _) => Task.FromResult(Subtract(numbers)), Json.JsonElement, Json.Int32);
        rpc.Add("get_data", (_, _) => Task.FromResult(Data()), Json.Nothing, Json.JsonElement);
        rpc.Add("update", (_, _) => Task.CompletedTask, Json.Int32Array);
        rpc.Add("notify_hello", (_, _) => Task.CompletedTask, Json.Int32Array);
    }

    private static int Subtract(JsonElement numbers) =>
        numbers.ValueKind == JsonValueKind.Array
            ? numbers[0].GetInt32() - numbers[1].GetInt32()
            : numbers.GetProperty("minuend").GetInt32() - numbers.GetProperty("subtrahend").GetInt32();

    private static JsonElement Data() => JsonElement.Parse("""["hello",5]""");
}
