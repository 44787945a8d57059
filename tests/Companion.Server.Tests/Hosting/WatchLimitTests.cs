using Companion.Protocol;
using Companion.Server.Errors;
using Companion.Server.Rpc;

namespace Companion.Server.Tests.Hosting;

[TestClass]
public sealed class WatchLimitTests
{
    [TestMethod]
    public async Task A_thousand_environments_are_not_refused_for_their_number()
    {
        using var methods = new ServerMethods(client: null!, remember: null!, open: null!, environmentBaseUrl: null!);
        var many = Enumerable.Repeat(new WatchedEnvironment { EnvironmentId = "train-a" }, 1000);
        var error = await Assert.ThrowsAsync<Exception>(
            () => methods.WatchEnvironmentsAsync(new WatchEnvironmentsParams { Environments = [.. many] }, CancellationToken.None));
        Assert.IsFalse(error is MethodException { Code: MethodException.InvalidParams }, error.Message);
    }

    [TestMethod]
    public async Task More_than_a_thousand_environments_are_refused_without_a_request()
    {
        using var methods = new ServerMethods(client: null!, remember: null!, open: null!, environmentBaseUrl: null!);
        var many = Enumerable.Repeat(new WatchedEnvironment { EnvironmentId = "train-a" }, 1001);
        var error = await Assert.ThrowsExactlyAsync<MethodException>(
            () => methods.WatchEnvironmentsAsync(new WatchEnvironmentsParams { Environments = [.. many] }, CancellationToken.None));
        Assert.AreEqual(MethodException.InvalidParams, error.Code);
        Assert.AreEqual("params.environments must have at most 1000 environments.", error.Message);
    }
}
