using System.Text.Json;
using System.Text.Json.Nodes;
using Companion.Protocol;
using Companion.Server.InProcess;
using Companion.Server.Mcp;
using Companion.Server.Tests.Support;
using Companion.Testing;
using ModelContextProtocol.Protocol;
using Moq;

namespace Companion.Server.Tests.Mcp;

/// <summary>The tools with a server that is a mock.</summary>
internal sealed class ToolFixture : IServerCalls
{
    public static readonly EnvironmentInfo Connected = Samples.Environment("CONNECTED", pool: "h100-8x");

    public Mock<ICompanionServer> Server { get; } = new(MockBehavior.Strict);

    public TestTimeProvider Time { get; } = new();

    public List<string> Log { get; } = [];

    public List<WorkDoneProgress> Progress { get; } = [];

    /// <summary>The result of a plan for each connect.</summary>
    public void Plans(string nextStep, EnvironmentInfo? environment = null) =>
        Server.Setup(static s => s.PlanConnectAsync(It.IsAny<PlanConnectParams>(), It.IsAny<CancellationToken>())).ReturnsAsync(new ConnectPlan
        {
            Environment = environment ?? Samples.Environment("DISCONNECTED"),
            NextStep = nextStep,
            Risks = [],
            AcceptedRisks = new(),
        });

    public Task<CallToolResult> CallAsync(string tool, string arguments = "{}", CancellationToken cancellationToken = default) =>
        new ToolCalls(new CompanionTools(this, Time), new ToolCatalog(), Log.Add)
            .CallAsync(tool, JsonNode.Parse(arguments.Replace('\'', '"')), Progress.Add, cancellationToken);

    public static string TextOf(CallToolResult result) => ((TextContentBlock)result.Content.Single()).Text;

    public static JsonElement ErrorOf(CallToolResult result)
    {
        Assert.IsTrue(result.IsError);
        return result.StructuredContent!.Value.GetProperty("error");
    }

    public static ServerException Failure(int code, string? outcome = null, bool isRetryable = false, params string[] actions) => new(
        code, "It failed.", new ErrorData { Status = "STATUS", Outcome = outcome, Retryable = isRetryable, Actions = actions });

    public Task<T> CallAsync<T>(Func<ICompanionServer, Task<T>> call) => call(Server.Object);

    public Task<T> ChangeAsync<T>(Func<ICompanionServer, JsonElement, Task<T>> call, Action<WorkDoneProgress> onProgress)
    {
        onProgress(new WorkDoneProgress { Kind = "begin", Message = "Sent" });
        return call(Server.Object, JsonElement.Parse("1"));
    }
}
