using Companion.Gateway;
using Companion.Gateway.Api;
using Companion.Gateway.Credentials;
using Companion.Gateway.Network;
using Companion.Protocol;
using Companion.Sandbox;
using Companion.Server.Accounts;
using Companion.Server.Errors;
using Companion.Server.Hosting;
using Companion.Server.Language;
using Companion.Server.Logging;
using Companion.Server.Pacing;
using Microsoft.Extensions.Logging;

namespace Companion.Server.Sessions;

/// <summary>Access to the gateway from the settings: over the network, or in the sandbox of this process.</summary>
internal sealed class GatewayAccess
{
    private static readonly TimeSpan ConnectionLimit = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http;
    private readonly HttpMessageHandler _handler;
    private readonly ServerSettings _settings;
    private readonly CredentialSources _sources;
    private readonly SecretMask _mask;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly RequestRateLimiter _rateLimiter;
    private readonly ResponseBuffers _buffers = new();

    /// <summary>Sets up access. Nothing is sent yet.</summary>
    public GatewayAccess(
        HttpMessageHandler handler, ServerSettings settings, CredentialSources sources, SecretMask mask, RequestRateLimiter rateLimiter, TimeProvider time, ILogger log)
    {
        (_handler, _settings, _sources, _mask, _rateLimiter, _time, _log) = (handler, settings, sources, mask, rateLimiter, time, log);
        _http = GatewayHttp.CreateClient(new RateLimitHandler(rateLimiter, time, handler));
    }

    /// <summary>The network, or the sandbox of this process.</summary>
    /// <exception cref="MethodException">A network option can't be used, or OpenSSL is missing.</exception>
    public static HttpMessageHandler HandlerFor(ServerSettings settings, TimeProvider time, ILogger log)
    {
        if (OpenSsl.IsMissing())
            throw ErrorMessages.Error(GoogleRpcCode.FailedPrecondition, Phrases.For(settings.Locale).OpenSslMissing);
        return settings.Gateway.IsSandbox ? Sandbox(time, log) : Network(settings.Http, log);
    }

    /// <summary>The gateway for the owner of a key.</summary>
    /// <param name="apiKey">Called once per request.</param>
    /// <param name="retry">Repeats failed reads, or null to send each one once.</param>
    public IGateway GatewayFor(Func<string?> apiKey, IReadRetry? retry) =>
        new GatewayClient(_http, _settings.Gateway, () => Protected(apiKey()), _time, _log, _rateLimiter, _buffers, retry);

    /// <summary>The key that is available without signing in.</summary>
    public ConfiguredKey FindKey()
    {
        if (_settings.Gateway.IsSandbox)
            return new ConfiguredKey(new KeyInUse(SandboxKeys.Main, AccountId: null, KeySources.Sandbox, Origin: null));
        var found = _sources.Find();
        foreach (var warning in found.Warnings)
            ServerLog.Credentials(_log, warning);
        return new ConfiguredKey(
            found.Credential is not { } credential ? null : new KeyInUse(
                credential.ApiKey,
                found.AccountId?.Value ?? credential.AccountId,
                credential.Source == CredentialSource.File ? KeySources.File : KeySources.Environment,
                credential.Origin),
            found.Unusable);
    }

    /// <summary>
    /// Opens a connection to the gateway if there is a key, which isn't sent. Errors are ignored: the first request reports them.
    /// </summary>
    public async Task OpenConnectionAsync()
    {
        if (_settings.Gateway.IsSandbox || _sources.Find().Credential is null)
            return;
        using var connections = new HttpMessageInvoker(_handler, disposeHandler: false);
        using var limit = new CancellationTokenSource(ConnectionLimit, _time);
        using var request = GatewayHttp.CreateConnectionRequest(_settings.Gateway.BaseUri);
        try
        {
            using var response = await connections.SendAsync(request, limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            // the first request reports it
        }
    }

    private string? Protected(string? apiKey)
    {
        _mask.Protect(apiKey);
        return apiKey;
    }

    private static SandboxHttpMessageHandler Sandbox(TimeProvider time, ILogger log)
    {
        var sandbox = new SandboxGateway(time)
        {
            OnReceived = received => ServerLog.SandboxReceived(log, received.Method, received.Path, received.Body ?? ""),
        };
        return new SandboxHttpMessageHandler(sandbox, time);
    }

    private static SocketsHttpHandler Network(GatewayHttpOptions options, ILogger log)
    {
        if (!options.StrictSsl)
            ServerLog.CertificatesNotChecked(log);
        foreach (var entry in options.InvalidNoProxyEntries)
            ServerLog.InvalidNoProxyEntry(log, entry.Origin, entry.Text);
        try
        {
            return GatewayHttp.CreateHandler(options);
        }
        catch (GatewayHttpOptionException e)
        {
            throw ErrorMessages.Error(
                GoogleRpcCode.InvalidArgument, e.Message, fix: e.Option.StartsWith("companion.", StringComparison.Ordinal) ? StepFixes.OpenSettings : StepFixes.OpenProxySettings);
        }
    }
}
