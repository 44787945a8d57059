using Companion.Gateway.Credentials;
using Companion.Gateway.Network;
using Companion.Server.Bounds;
using Companion.Server.Hosting;
using Companion.Server.Logging;
using Companion.Server.Pacing;
using Companion.Server.Scheduling;
using Companion.Server.Storage;
using Microsoft.Extensions.Logging;

namespace Companion.Server.Sessions;

/// <summary>Opens sessions from settings, with what this process and its machine provide.</summary>
internal sealed class SessionFactory(
    IClient client, IProcessEnvironment environment, CredentialSources credentials, SecretMask mask, IUserTimers timers, TimeProvider time, ILogger log)
{
    /// <summary>What is stored on this machine for the settings.</summary>
    public SessionMemory Remember(ServerSettings settings) =>
        new(settings.StoragePath is { Length: > 0 } folder ? new FolderStore(folder) : new NoStore(), settings.Gateway.ToString(), time);

    /// <summary>Opens a session.</summary>
    public GatewaySession Open(ServerSettings settings, SessionMemory memory)
    {
        settings = settings with { Http = EnvironmentNetwork.Complete(settings.Http, environment) };
        foreach (var secret in settings.Http.Secrets)
            mask.Protect(secret);
        var rateLimiter = new RequestRateLimiter(time);
        var access = new GatewayAccess(
            GatewayAccess.HandlerFor(settings, time, log), settings, credentials, mask, rateLimiter, time, log);
        var boundsFile = new BoundsFile(environment);
        return new GatewaySession(
            access.GatewayFor, rateLimiter, access.FindKey, settings, memory, client, timers, CommandFor, boundsFile, ReservationsFor(boundsFile), time,
            Random.Shared.NextDouble, log)
        {
            OpenConnectionAsync = access.OpenConnectionAsync,
        };

        // Beside the bounds, and not in the storage folder: each client could choose another one.
        ReservationStore ReservationsFor(BoundsFile file) =>
            new(settings.Gateway.IsSandbox || file.Folder is not { } folder ? null : new FolderStore(Path.Combine(folder, "companion")));

        IReadOnlyList<string> CommandFor(string id)
        {
            var folder = settings.StoragePath!;
            var copy = ServerCopy.Make(Path.Combine(folder, "server"), Environment.ProcessPath!, AppContext.BaseDirectory, ServerIdentity.Version);
            return [.. copy, "--end-lease", id, "--storagePath", folder];
        }
    }
}
