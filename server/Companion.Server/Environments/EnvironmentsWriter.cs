using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Companion.Gateway;
using Companion.Gateway.Api;
using Companion.Protocol;

namespace Companion.Server.Environments;

/// <summary>
/// Writes the gateway's environments as <see cref="EnvironmentInfo"/> JSON for the client. The bytes are the same as when serializing the
/// result of <see cref="ResourceMapper"/>, but no objects or strings are allocated.
/// </summary>
internal sealed class EnvironmentsWriter : IDisposable
{
    private const int FragmentBytes = 240 * 1024;

    private readonly PooledFragment _fragment = new();
    private readonly List<ArraySegment<byte>> _fragments = [];
    private readonly Utf8JsonWriter _json;
    private readonly JsonEncodedText _accountId;

    /// <summary>Starts a list.</summary>
    public EnvironmentsWriter(string accountId)
    {
        _accountId = JsonEncodedText.Encode(accountId, JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
        _json = new Utf8JsonWriter(
            _fragment, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
    }

    /// <summary>Adds a page.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // a list is done before tiered compilation would help
    public void Add(GatewayEnvironmentPage page)
    {
        for (var i = 0; i < page.Count; i++)
        {
            Add(page.View(i), page.ReceivedAt);
            if (_json.BytesCommitted + _json.BytesPending >= FragmentBytes)
                EndFragment();
        }
    }

    /// <summary>Ends the list.</summary>
    public WrittenEnvironments End()
    {
        EndFragment();
        return new WrittenEnvironments(_fragments);
    }

    /// <inheritdoc/>
    public void Dispose() => _json.Dispose();

    private void EndFragment()
    {
        _json.Flush();
        if (_fragment.WrittenCount == 0)
            return;
        _fragments.Add(_fragment.Take());
        _json.Reset();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Add(GatewayEnvironmentView environment, DateTimeOffset observedAt)
    {
        _json.WriteStartObject();
        _json.WriteString(Names.AccountId, _accountId);
        _json.WriteString(Names.EnvironmentId, environment.EnvironmentId);
        Text(Names.DisplayName, environment.DisplayName);
        _json.WriteString(Names.State, environment.State);
        if (environment.StatusCode != GoogleRpcCode.Ok)
            Status(environment);
        if (!environment.NodePoolId.IsEmpty)
            Connection(environment);
        Text(Names.CreatedBy, environment.CreatedBy);
        if (environment.Shared)
            _json.WriteBoolean(Names.Shared, true);
        if (environment.UpdateTime is { } updateTime)
            _json.WriteString(Names.UpdateTime, updateTime);
        _json.WriteString(Names.ObservedAt, observedAt);
        _json.WriteEndObject();
    }

    private void Status(GatewayEnvironmentView environment)
    {
        _json.WriteStartObject(Names.Status);
        _json.WriteString(Names.Code, GoogleRpcCodes.Name(environment.StatusCode));
        Text(Names.Message, environment.StatusMessage);
        _json.WriteEndObject();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Connection(GatewayEnvironmentView environment)
    {
        _json.WriteStartObject(Names.Connection);
        _json.WriteString(Names.NodePoolId, environment.NodePoolId);
        if (environment.NumRanks is { } ranks)
            _json.WriteNumber(Names.NumRanks, ranks);
        Text(Names.Role, environment.Role);
        Text(Names.Zone, environment.Zone);
        if (environment.UseLocalStorage)
            _json.WriteBoolean(Names.UseLocalStorage, true);
        _json.WriteEndObject();
    }

    private void Text(JsonEncodedText name, ReadOnlySpan<byte> value)
    {
        if (!value.IsEmpty)
            _json.WriteString(name, value);
    }

    private static class Names
    {
        public static readonly JsonEncodedText AccountId = Of("accountId");
        public static readonly JsonEncodedText EnvironmentId = Of("environmentId");
        public static readonly JsonEncodedText DisplayName = Of("displayName");
        public static readonly JsonEncodedText State = Of("state");
        public static readonly JsonEncodedText Status = Of("status");
        public static readonly JsonEncodedText Code = Of("code");
        public static readonly JsonEncodedText Message = Of("message");
        public static readonly JsonEncodedText Connection = Of("connection");
        public static readonly JsonEncodedText NodePoolId = Of("nodePoolId");
        public static readonly JsonEncodedText NumRanks = Of("numRanks");
        public static readonly JsonEncodedText Role = Of("role");
        public static readonly JsonEncodedText Zone = Of("zone");
        public static readonly JsonEncodedText UseLocalStorage = Of("useLocalStorage");
        public static readonly JsonEncodedText CreatedBy = Of("createdBy");
        public static readonly JsonEncodedText Shared = Of("shared");
        public static readonly JsonEncodedText UpdateTime = Of("updateTime");
        public static readonly JsonEncodedText ObservedAt = Of("observedAt");

        private static JsonEncodedText Of(string name) => JsonEncodedText.Encode(name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
    }
}
