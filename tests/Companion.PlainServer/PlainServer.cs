namespace Companion.PlainServer;

/// <summary>Always returns the same results.</summary>
internal sealed class PlainServer : IPlainServer
{
    /// <inheritdoc/>
    public Task<InitializeResult> InitializeAsync(InitializeParams request) => Task.FromResult(new InitializeResult(
        new Empty(), new ServerInfo("plain-server", "0.1.0"), 1, new Gateway(request.InitializationOptions?.GatewayUrl ?? "", true), []));

    /// <inheritdoc/>
    public Task<Account> GetAccountAsync() =>
        Task.FromResult(new Account("acme-research", "Acme Research", "ada@acme.example", "sandbox"));
}
