using Companion.Gateway;
using Companion.Gateway.Api;
using Companion.Gateway.Resources;
using Companion.Protocol;
using Companion.Server.Accounts;
using Companion.Server.Errors;
using Companion.Server.Language;
using Companion.Server.Tests.Support;
using Companion.Testing;
using Moq;

namespace Companion.Server.Tests.Accounts;

/// <summary>The key and account in use, with a gateway that has one account per key.</summary>
[TestClass]
public sealed class AccountSessionTests
{
    private const string FoundKey = "fw_test_found0000000";
    private const string EnteredKey = "fw_test_entered00000";

    private readonly TestTimeProvider _time = new();
    private readonly List<string> _verified = [];
    private KeyInUse? _given = new(FoundKey, AccountId: null, KeySources.File, "/home/a/.fireworks/auth.ini");
    private Func<string, Exception?> _fails = static _ => null;
    private Func<Task> _answers = static () => Task.CompletedTask;

    [TestMethod]
    public async Task A_found_key_is_used_for_its_account_and_checked_once()
    {
        var session = Session();
        Assert.AreEqual(FoundKey, session.ApiKey);
        Assert.AreEqual("/home/a/.fireworks/auth.ini", session.KeyOrigin);
        var account = await session.GetAccountAsync(CancellationToken.None);
        Assert.AreEqual(
            new AccountInfo
            {
                AccountId = "found",
                DisplayName = "Account found",
                Email = "found@example.com",
                SuspendState = "UNSUSPENDED",
                KeySource = KeySources.File,
                KeyOrigin = "/home/a/.fireworks/auth.ini",
            },
            account);
        Assert.AreSame(account, await session.GetAccountAsync(CancellationToken.None));
        Assert.AreEqual("found", await session.AccountIdAsync(asked: null, CancellationToken.None));
        CollectionAssert.AreEqual(new[] { FoundKey }, _verified);
    }

    [TestMethod]
    public async Task Without_a_key_there_is_no_account_until_one_is_found()
    {
        var found = _given;
        _given = null;
        var session = Session();
        Assert.IsNull(await session.GetAccountAsync(CancellationToken.None));
        Assert.IsNull(session.ApiKey);
        Assert.IsNull(session.KeyOrigin);
        await NeedsKeyAsync(() => session.AccountIdAsync("acme", CancellationToken.None));
        await NeedsKeyAsync(() => session.SignInAsync(new SignInParams(), CancellationToken.None));
        Assert.ThrowsExactly<MethodException>(() => { _ = session.ListAsync(apiKey: null, CancellationToken.None); });
        _given = found;
        Assert.AreEqual("found", (await session.GetAccountAsync(CancellationToken.None))!.AccountId);
    }

    [TestMethod]
    public async Task An_entered_key_replaces_the_found_one()
    {
        var session = Session();
        var account = await session.SignInAsync(new SignInParams { ApiKey = EnteredKey }, CancellationToken.None);
        Assert.AreEqual(("entered", KeySources.SignIn, null), (account.AccountId, account.KeySource, account.KeyOrigin));
        Assert.AreEqual(EnteredKey, session.ApiKey);
        Assert.AreEqual(KeySources.SignIn, session.KeyOrigin);
        Assert.AreSame(account, await session.GetAccountAsync(CancellationToken.None));
    }

    [TestMethod]
    public async Task A_rejected_key_changes_only_the_rejection()
    {
        var session = Session();
        _fails = static key => key == EnteredKey ? Samples.Answered(401, GoogleRpcCode.Unauthenticated) : null;
        await FailsAsync(GoogleRpcCode.Unauthenticated, () => session.SignInAsync(new SignInParams { ApiKey = EnteredKey }, CancellationToken.None));
        Assert.AreEqual(FoundKey, session.ApiKey);
        Assert.AreEqual(GoogleRpcCode.Unauthenticated, session.Refusal?.Code);
        await session.GetAccountAsync(CancellationToken.None);
        Assert.IsNull(session.Refusal);
    }

    [TestMethod]
    [DataRow(401, GoogleRpcCode.Unauthenticated, "GetAccount", true)]
    [DataRow(401, GoogleRpcCode.Unauthenticated, "VerifyApiKey", true)]
    [DataRow(403, GoogleRpcCode.PermissionDenied, "VerifyApiKey", true)]
    [DataRow(403, GoogleRpcCode.PermissionDenied, "ListAccounts", false)]
    [DataRow(503, GoogleRpcCode.Unavailable, "VerifyApiKey", false)]
    [DataRow(429, GoogleRpcCode.ResourceExhausted, "VerifyApiKey", false)]
    public async Task Only_a_rejection_of_the_key_itself_counts(int status, GoogleRpcCode code, string call, bool isRefusal)
    {
        var session = Session();
        _fails = _ => new GatewayException(code, FaultKind.ErrorResponse, "") { HttpStatus = status, Call = call };
        await FailsAsync(code, () => session.GetAccountAsync(CancellationToken.None));
        Assert.AreEqual(isRefusal, session.Refusal is not null);
    }

    [TestMethod]
    public async Task After_signing_out_no_key_is_used_until_someone_signs_in()
    {
        var session = Session();
        _fails = static _ => Samples.Answered(401, GoogleRpcCode.Unauthenticated);
        await FailsAsync(GoogleRpcCode.Unauthenticated, () => session.GetAccountAsync(CancellationToken.None));
        _fails = static _ => null;
        session.SignOut();
        Assert.IsNull(session.Refusal);
        Assert.IsNull(session.ApiKey);
        Assert.IsNull(await session.GetAccountAsync(CancellationToken.None));

        // Without a key of their own, they mean the existing one.
        Assert.AreEqual("found", (await session.SignInAsync(new SignInParams(), CancellationToken.None)).AccountId);
        Assert.AreEqual(FoundKey, session.ApiKey);
        session.SignOut();
        Assert.AreEqual("entered", (await session.SignInAsync(new SignInParams { ApiKey = EnteredKey }, CancellationToken.None)).AccountId);
        Assert.AreEqual("entered", (await session.SignInAsync(new SignInParams(), CancellationToken.None)).AccountId);
    }

    [TestMethod]
    [DataRow(null, null, null, "found")]
    [DataRow(null, null, "beside", "beside")]
    [DataRow(null, "initial", "beside", "initial")]
    [DataRow("asked", "initial", "beside", "asked")]
    public async Task The_account_is_the_last_requested_one(string? asked, string? initial, string? beside, string account)
    {
        _given = _given! with { AccountId = beside };
        var session = Session(initial);
        Assert.AreEqual(account, (await session.SignInAsync(new SignInParams { AccountId = asked }, CancellationToken.None)).AccountId);
        Assert.AreEqual(account, await session.AccountIdAsync(asked: null, CancellationToken.None));
        Assert.AreEqual("this-call", await session.AccountIdAsync("this-call", CancellationToken.None));
        if (asked is null)
            Assert.AreEqual(account, await Session(initial).AccountIdAsync(asked: null, CancellationToken.None));
    }

    [TestMethod]
    public async Task An_entered_key_does_not_use_the_account_of_another_key()
    {
        _given = _given! with { AccountId = "beside" };
        Assert.AreEqual("entered", (await Session().SignInAsync(new SignInParams { ApiKey = EnteredKey }, CancellationToken.None)).AccountId);
    }

    [TestMethod]
    public async Task The_accounts_of_another_key_can_be_listed_without_using_it()
    {
        var session = Session();
        Assert.AreEqual("entered", (await session.ListAsync(EnteredKey, CancellationToken.None)).Single().AccountId);
        Assert.AreEqual("found", (await session.ListAsync(apiKey: null, CancellationToken.None)).Single().AccountId);
        Assert.AreEqual(FoundKey, session.ApiKey);
    }

    [TestMethod]
    public async Task Reads_stop_after_a_minute_without_a_response()
    {
        var session = Session();
        var never = new TaskCompletionSource();
        _answers = () => never.Task;
        var asking = session.GetAccountAsync(CancellationToken.None);
        _time.Advance(TimeSpan.FromSeconds(60) - TimeSpan.FromTicks(1));
        Assert.IsFalse(asking.IsCompleted);
        _time.Advance(TimeSpan.FromTicks(1));
        await FailsAsync(GoogleRpcCode.DeadlineExceeded, () => asking);
    }

    [TestMethod]
    public async Task Canceling_is_not_reported_as_a_timeout()
    {
        var session = Session();
        var never = new TaskCompletionSource();
        _answers = () => never.Task;
        using var cancel = new CancellationTokenSource();
        var asking = session.GetAccountAsync(cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => asking);
    }

    private AccountSession Session(string? accountId = null) =>
        new(() => new ConfiguredKey(_given), Gateway, accountId, new ErrorMessages("https://gateway.example", new Phrases()), _time, Wiring.Whole());

    private IGateway Gateway(Func<string?> key)
    {
        var gateway = new Mock<IGateway>(MockBehavior.Strict);
        gateway.Setup(g => g.VerifyApiKeyAsync(It.IsAny<CancellationToken>())).Returns(async (CancellationToken token) =>
        {
            _verified.Add(key()!);
            await _answers().WaitAsync(token);
            return _fails(key()!) is { } fault ? throw fault : new VerifiedApiKey(Owner(key()!), DeveloperEmail: null);
        });
        gateway.Setup(g => g.GetAccountAsync(It.IsAny<string>(), It.IsAny<CancellationToken>())).Returns((string id, CancellationToken _) =>
        {
            return Task.FromResult(new GatewayAccount
            {
                Name = $"accounts/{id}", DisplayName = $"Account {id}", Email = $"{id}@example.com", SuspendState = "UNSUSPENDED",
            });
        });
        gateway.Setup(g => g.ListAccountsAsync(It.IsAny<CancellationToken>())).Returns(() => ListAsync(key()!));
        return gateway.Object;
    }

    private static async IAsyncEnumerable<IReadOnlyList<GatewayAccount>> ListAsync(string key)
    {
        yield return await Task.FromResult(new[] { new GatewayAccount { Name = $"accounts/{Owner(key)}" } });
    }

    private static string Owner(string key) => key == FoundKey ? "found" : "entered";

    private static async Task NeedsKeyAsync(Func<Task> ask)
    {
        var failed = await Assert.ThrowsExactlyAsync<MethodException>(ask);
        Assert.AreEqual((int)GoogleRpcCode.Unauthenticated, failed.Code);
    }

    private static async Task FailsAsync(GoogleRpcCode code, Func<Task> ask)
    {
        var failed = await Assert.ThrowsExactlyAsync<MethodException>(ask);
        Assert.AreEqual((int)code, failed.Code);
    }
}
