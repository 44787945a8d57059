using Companion.Gateway;
using Companion.Gateway.Api;
using Companion.Gateway.Resources;
using Companion.Protocol;
using Companion.Server.Accounts;
using Companion.Server.Errors;
using Companion.Server.Language;
using Companion.Server.Tests.Support;
using Moq;

namespace Companion.Server.Tests.Accounts;

/// <summary>Finding the account of a key, depending on what the gateway offers and rejects.</summary>
[TestClass]
public sealed class AccountDiscoveryTests
{
    private readonly Mock<IGateway> _gateway = new(MockBehavior.Strict);
    private string[][] _pages = [];
    private int _pagesRead;

    public AccountDiscoveryTests()
    {
        Verifies("own", email: null);
        Describes(static id => new GatewayAccount { Name = $"accounts/{id}", DisplayName = $"Account {id}", Email = "team@example.com", SuspendState = "CREDIT_DEPLETED" });
        _gateway.Setup(g => g.ListAccountsAsync(It.IsAny<CancellationToken>())).Returns(ListAsync);
    }

    [TestMethod]
    public async Task A_key_identifies_its_account()
    {
        Verifies("own", "dev@example.com");
        Assert.AreEqual(
            new AccountInfo
            {
                AccountId = "own",
                DisplayName = "Account own",
                Email = "dev@example.com",
                SuspendState = "CREDIT_DEPLETED",
                KeySource = KeySources.SignIn,
            },
            await FindAsync());
        Assert.AreEqual(0, _pagesRead);
    }

    [TestMethod]
    public async Task A_chosen_account_takes_precedence() => Assert.AreEqual("chosen", (await FindAsync("chosen")).AccountId);

    [TestMethod]
    [DataRow(404, GoogleRpcCode.NotFound)]
    [DataRow(501, GoogleRpcCode.Unimplemented)]
    public async Task If_a_key_cannot_be_verified_its_only_account_is_used(int status, GoogleRpcCode code)
    {
        VerifyFails(status, code);
        _pages = [[], ["only"]];
        var account = await FindAsync();
        Assert.AreEqual(("only", "team@example.com"), (account.AccountId, account.Email));
    }

    [TestMethod]
    [DataRow(401, GoogleRpcCode.Unauthenticated)]
    [DataRow(403, GoogleRpcCode.PermissionDenied)]
    [DataRow(503, GoogleRpcCode.Unavailable)]
    public async Task A_rejected_key_has_no_account(int status, GoogleRpcCode code)
    {
        VerifyFails(status, code);
        _pages = [["only"]];
        Assert.AreEqual(code, (await Assert.ThrowsExactlyAsync<GatewayException>(() => FindAsync())).Code);
    }

    [TestMethod]
    public async Task A_key_without_an_account_is_reported()
    {
        Verifies(accountId: null, email: null);
        Assert.AreEqual((int)GoogleRpcCode.NotFound, (await Assert.ThrowsExactlyAsync<MethodException>(() => FindAsync())).Code);
    }

    [TestMethod]
    [DataRow(2, "a1, a2", false)]
    [DataRow(5, "a1, a2, a3, a4, a5", false)]
    [DataRow(6, "a1, a2, a3, a4, a5, …", true)]
    public async Task One_of_several_accounts_must_be_chosen(int count, string named, bool isCut)
    {
        Verifies(accountId: null, email: null);
        _pages = [.. Enumerable.Range(1, count).Select(static n => new[] { $"a{n}" }), ["last"]];
        if (!isCut)
            _pages = _pages[..^1];
        var failed = await Assert.ThrowsExactlyAsync<MethodException>(() => FindAsync());
        Assert.AreEqual((int)GoogleRpcCode.FailedPrecondition, failed.Code);
        Assert.AreEqual(new Phrases().SeveralAccounts(named), failed.Message);
        Assert.AreEqual(count, _pagesRead); // no further page once there are more than can be listed
    }

    [TestMethod]
    [DataRow(404, GoogleRpcCode.NotFound, false)]
    [DataRow(403, GoogleRpcCode.PermissionDenied, false)]
    [DataRow(401, GoogleRpcCode.Unauthenticated, false)]
    [DataRow(501, GoogleRpcCode.Unimplemented, true)]
    [DataRow(429, GoogleRpcCode.ResourceExhausted, true)]
    public async Task Account_details_are_optional_but_a_chosen_account_must_exist(int status, GoogleRpcCode code, bool isTaken)
    {
        Describes(_ => throw Samples.Answered(status, code));
        var own = await FindAsync();
        Assert.AreEqual(("own", null, null, null), (own.AccountId, own.DisplayName, own.Email, own.SuspendState));
        if (isTaken)
            Assert.AreEqual("chosen", (await FindAsync("chosen")).AccountId);
        else
            Assert.AreEqual(code, (await Assert.ThrowsExactlyAsync<GatewayException>(() => FindAsync("chosen"))).Code);
    }

    [TestMethod]
    public async Task Losing_the_gateway_while_waiting_is_not_a_result()
    {
        Describes(static _ => throw Samples.Lost());
        await Assert.ThrowsExactlyAsync<GatewayException>(() => FindAsync());
    }

    [TestMethod]
    public async Task All_accounts_of_all_pages_are_listed()
    {
        _pages = [["a", "b"], [], ["c"]];
        var listed = await ListedAsync();
        CollectionAssert.AreEqual(new[] { "a", "b", "c" }, listed.Select(static a => a.AccountId).ToArray());
        Assert.AreEqual(new AccountSummary { AccountId = "a", DisplayName = "Name of a", SuspendState = "UNSUSPENDED" }, listed[0]);
    }

    [TestMethod]
    [DataRow(null, null, true)]
    [DataRow(403, GoogleRpcCode.PermissionDenied, true)]
    [DataRow(404, GoogleRpcCode.NotFound, true)]
    [DataRow(501, GoogleRpcCode.Unimplemented, true)]
    [DataRow(401, GoogleRpcCode.Unauthenticated, false)]
    [DataRow(503, GoogleRpcCode.Unavailable, false)]
    public async Task If_no_account_is_listed_the_keys_own_is_used(int? status, GoogleRpcCode? code, bool isOwn)
    {
        if (status is not null)
        {
            var fault = new GatewayException(code!.Value, FaultKind.ErrorResponse, "") { HttpStatus = status, Call = "ListAccounts" };
            _gateway.Setup(g => g.ListAccountsAsync(It.IsAny<CancellationToken>())).Throws(fault);
        }

        if (isOwn)
        {
            var only = (await ListedAsync()).Single();
            Assert.AreEqual(new AccountSummary { AccountId = "own", DisplayName = "Account own", SuspendState = "CREDIT_DEPLETED" }, only);
        }
        else
        {
            Assert.AreEqual(code, (await Assert.ThrowsExactlyAsync<GatewayException>(ListedAsync)).Code);
        }
    }

    private Task<AccountInfo> FindAsync(string? chosen = null) => new AccountDiscovery(_gateway.Object, new Phrases()).FindAsync(chosen, CancellationToken.None);

    private Task<IReadOnlyList<AccountSummary>> ListedAsync() =>
        new AccountDiscovery(_gateway.Object, new Phrases()).ListAsync(chosen: null, Wiring.Whole(), CancellationToken.None);

    private void Verifies(string? accountId, string? email) =>
        _gateway.Setup(g => g.VerifyApiKeyAsync(It.IsAny<CancellationToken>())).ReturnsAsync(new VerifiedApiKey(accountId, email));

    private void VerifyFails(int status, GoogleRpcCode code) => _gateway.Setup(g => g.VerifyApiKeyAsync(It.IsAny<CancellationToken>()))
        .ThrowsAsync(new GatewayException(code, FaultKind.ErrorResponse, "") { HttpStatus = status, Call = "VerifyApiKey" });

    private void Describes(Func<string, GatewayAccount> account) =>
        _gateway.Setup(g => g.GetAccountAsync(It.IsAny<string>(), It.IsAny<CancellationToken>())).Returns(async (string id, CancellationToken _) => await Task.FromResult(account(id)));

    private async IAsyncEnumerable<IReadOnlyList<GatewayAccount>> ListAsync()
    {
        foreach (var page in _pages)
        {
            _pagesRead++;
            yield return await Task.FromResult(page.Select(static id => new GatewayAccount { Name = $"accounts/{id}", DisplayName = $"Name of {id}", SuspendState = "UNSUSPENDED" }).ToArray());
        }
    }
}
