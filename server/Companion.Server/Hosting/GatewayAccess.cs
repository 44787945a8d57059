using Companion.Gateway;
using Companion.Gateway.Credentials;
using Companion.Gateway.Sandbox;
using Companion.Protocol;
using Companion.Server.Accounts;
using Companion.Server.Errors;
using Microsoft.Extensions.Logging;

namespace Companion.Server.Hosting;

/// <summary>The way to the gateway of the settings: over the network, or into the sandbox of this process.</summary>
internal sealed class GatewayAccess : IDisposable
{
    private readonly HttpClient _http;
    private readonly ServerSettings _settings;
    private readonly CredentialSources _sources;
    private readonly SecretMask _mask;
    private readonly TimeProvider _time;
    private readonly ILogger _log;

    /// <summary>Opens the way; nothing is sent yet.</summary>
    /// <exception cref="MethodException">An option of the network cannot be used.</exception>
    public GatewayAccess(ServerSettings settings, CredentialSources sources, SecretMask mask, TimeProvider time, ILogger log)
    {
        (_settings, _sources, _mask, _time, _log) = (settings, sources, mask, time, log);
        _http = GatewayHttp.CreateClient(settings.Gateway.IsSandbox ? Sandbox() : Network());
    }

    /// <summary>The gateway as the owner of a key sees it.</summary>
    /// <param name="apiKey">The key, asked for once a request.</param>
    public IGateway GatewayFor(Func<string?> apiKey) => new GatewayClient(_http, _settings.Gateway, () => Protected(apiKey()), _time, _log);

    /// <summary>The key that is there without anybody signing in, or null.</summary>
    public KeyInUse? GivenKey()
    {
        if (_settings.Gateway.IsSandbox)
            return new KeyInUse(SandboxKeys.Main, AccountId: null, KeySources.Sandbox, Origin: null);
        var found = _sources.Find();
        foreach (var warning in found.Warnings)
            ServerLog.Credentials(_log, warning);
        return found.Credential is not { } credential ? null : new KeyInUse(
            credential.ApiKey,
            found.AccountId?.Value ?? credential.AccountId,
            credential.Source == CredentialSource.File ? KeySources.File : KeySources.Environment,
            credential.Origin);
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private string? Protected(string? apiKey)
    {
        _mask.Protect(apiKey);
        return apiKey;
    }

    private SandboxHttpMessageHandler Sandbox()
    {
        var sandbox = new SandboxGateway(_time)
        {
            OnReceived = received => ServerLog.SandboxReceived(_log, received.Method, received.Path, received.Body ?? ""),
        };
        return new SandboxHttpMessageHandler(sandbox, _time);
    }

    private SocketsHttpHandler Network()
    {
        try
        {
            return GatewayHttp.CreateHandler(_settings.Http);
        }
        catch (GatewayHttpOptionException e)
        {
            throw new MethodException(MethodException.InvalidParams, $"initializationOptions.{e.Message}");
        }
    }
}
