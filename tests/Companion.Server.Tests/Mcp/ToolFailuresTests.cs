using Companion.Protocol;
using Companion.Server.InProcess;
using Companion.Server.Mcp;
using static Companion.Server.Tests.Mcp.ToolFixture;

namespace Companion.Server.Tests.Mcp;

[TestClass]
public sealed class ToolFailuresTests
{
    private const string Again = "Call connect_environment again later, with the same arguments.";
    private const string NotAgain = "Don't call connect_environment again with the same arguments, unless something has changed: it would fail in the same way.";
    private const string Unknown =
        "Don't call connect_environment again: the change may still take effect. Call get_environment until the state is CONNECTED or DISCONNECTED.";

    [TestMethod]
    [DataRow(Outcomes.NotApplied, true, Again)]
    [DataRow(Outcomes.NotApplied, false, NotAgain)]
    [DataRow(Outcomes.Unknown, true, Unknown)]
    [DataRow(Outcomes.Unknown, false, Unknown)]
    [DataRow(Outcomes.Applied, true, "Don't call connect_environment again: the change is in effect.")]
    [DataRow(null, true, Again)]
    [DataRow(null, false, NotAgain)]
    public void The_first_step_says_whether_to_call_it_again(string? outcome, bool isRetryable, string step) =>
        Assert.AreEqual(step, StepsOf(Failure(14, outcome, isRetryable)).Single());

    [TestMethod]
    public void The_text_says_what_happened_the_outcome_and_what_to_do()
    {
        var failure = Failure(8, Outcomes.NotApplied, isRetryable: true, ErrorActions.TryAgain, ErrorActions.ChooseNodePool, ErrorActions.Diagnose);

        Assert.AreEqual(
            $"""
            It failed.
            Outcome: notApplied. The change isn't in effect, and won't be.
            - {Again}
            - Call list_node_pools, and choose another node pool or fewer ranks.
            - Call diagnose to find the cause.
            """.ReplaceLineEndings("\n"),
            TextOf(ToolFailures.Of(failure, "connect_environment", isChange: true)));
    }

    [TestMethod]
    public void The_structured_content_is_the_contracts_own()
    {
        var error = ErrorOf(ToolFailures.Of(
            new ServerException(9, "No.", new ErrorData { Status = "FAILED_PRECONDITION", Retryable = false, Environment = Connected, Actions = [] }), "get_environment", isChange: false));

        Assert.AreEqual((9, "No."), (error.GetProperty("code").GetInt32(), error.GetProperty("message").GetString()));
        var data = error.GetProperty("data");
        Assert.AreEqual("train-a", data.GetProperty("environment").GetProperty("environmentId").GetString());
        Assert.IsFalse(data.TryGetProperty("outcome", out _), "absent members aren't null");
    }

    [TestMethod]
    public void A_bound_is_for_the_user_to_change()
    {
        var details = Failure(9, Outcomes.NotApplied).Details! with { Bound = BoundNames.MaxHours };

        var error = ErrorOf(ToolFailures.Of(new ServerException(9, "No.", details), "set_lease", isChange: true));

        Assert.StartsWith("Don't call set_lease again, and don't work around this: only the user", error.GetProperty("nextSteps")[0].GetString()!);
        Assert.AreEqual("maxHours", error.GetProperty("data").GetProperty("bound").GetString());
    }

    [TestMethod]
    public void What_only_a_person_may_do_is_for_the_user()
    {
        string[] actions = [ErrorActions.ForceDisconnect, ErrorActions.RebuildSnapshots, ErrorActions.WaitForRoom, ErrorActions.SignIn, ErrorActions.OpenBilling, ErrorActions.OpenSettings, ErrorActions.OpenProxySettings];

        var steps = StepsOf(Failure(9, Outcomes.NotApplied, isRetryable: false, actions));

        Assert.HasCount(7, steps); // the two settings are one
        Assert.IsTrue(steps.Skip(1).All(static step => step.StartsWith("Ask the user", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void After_an_unknown_outcome_reading_the_environment_is_said_once() =>
        Assert.HasCount(1, StepsOf(Failure(2, Outcomes.Unknown, isRetryable: false, ErrorActions.Refresh)));

    [TestMethod]
    [DataRow(-32000, true, Outcomes.NotApplied)]
    [DataRow(-32603, true, Outcomes.Unknown)]
    [DataRow(-32603, false, null)]
    public void An_error_without_data_has_an_outcome_if_it_is_a_changes(int code, bool isChange, string? outcome)
    {
        var error = ErrorOf(ToolFailures.Of(new ServerException(code, "Busy", details: null), "connect_environment", isChange));
        Assert.AreEqual(outcome, error.GetProperty("data").TryGetProperty("outcome", out var found) ? found.GetString() : null);
    }

    private static string[] StepsOf(ServerException failure) =>
        [.. ErrorOf(ToolFailures.Of(failure, "connect_environment", isChange: true)).GetProperty("nextSteps").EnumerateArray().Select(static step => step.GetString()!)];
}
