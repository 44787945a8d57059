using System.Text.Json;
using System.Text.Unicode;

namespace Companion.JsonRpc;

/// <content>What comes in.</content>
public sealed partial class JsonRpc
{
    /// <summary>Entries that a batch may have.</summary>
    public const int MaxBatchEntries = 1024;

    /// <summary>While more is unsent nothing more is read: who does not read is not served.</summary>
    private const int MaxUnsentBytes = 1024 * 1024;

    private const int MaxNameLength = 128;

    private int _runningNotifications;

    private void StartReading() => new Thread(() => _ = ReadAsync()) { IsBackground = true, Name = "JSON-RPC reader" }.Start();

    private async Task ReadAsync()
    {
        try
        {
            while (await _handler.WaitToReadAsync().ConfigureAwait(false))
            {
                while (TryReceive())
                {
                    if (_handler.UnsentBytes > MaxUnsentBytes && FlushAsync() is { IsCompleted: false } flush)
                    {
                        await flush.ConfigureAwait(false);
                        StartReading(); // this thread is one of the pool's now
                        return;
                    }
                }

                _ = FlushAsync(); // once for all that was answered at once
            }

            End(DisconnectedReason.RemotePartyTerminated, "the peer closed it");
        }
        catch (Exception e) when (e is BadRpcHeaderException or EndOfStreamException)
        {
            Refuse(RequestId.Null, JsonRpcErrorCode.ParseError, $"Parse error: {e.Message}; the connection ends");
            End(DisconnectedReason.ParseError, e.Message, e);
        }
        catch (Exception e)
        {
            End(DisconnectedReason.StreamError, "reading failed", e);
        }
    }

    private bool TryReceive()
    {
        try
        {
            if (!_handler.TryRead(out var body))
                return false;
            if (!Utf8.IsValid(body))
                Refuse(RequestId.Null, JsonRpcErrorCode.ParseError, "Parse error: the body is not UTF-8");
            else if (body.TrimStart(" \t\r\n"u8).StartsWith("["u8))
                ReceiveBatch(body);
            else
                Receive(body, null);
        }
        catch (NotSupportedException e)
        {
            Refuse(RequestId.Null, JsonRpcErrorCode.ParseError, $"Parse error: {e.Message}");
        }
        catch (JsonException)
        {
            const string NotJson = "Parse error: the body is not JSON, or nests deeper than";
            Refuse(RequestId.Null, JsonRpcErrorCode.ParseError, $"{NotJson} {Message.MaxDepth}");
        }

        return true;
    }

    /// <summary>A batch is parsed as a whole before any of it runs.</summary>
    private void ReceiveBatch(ReadOnlySpan<byte> body)
    {
        var entries = new List<Range>();
        var reader = new Utf8JsonReader(body, Message.ReaderOptions);
        for (reader.Read(); reader.Read() && reader.TokenType != JsonTokenType.EndArray;)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (entries.Count <= MaxBatchEntries)
                entries.Add(start..(int)reader.BytesConsumed);
        }

        reader.Read(); // throws when anything follows
        if (entries.Count is 0 or > MaxBatchEntries)
        {
            const string Length = "Invalid request: a batch takes 1 to";
            Refuse(RequestId.Null, JsonRpcErrorCode.InvalidRequest, $"{Length} {MaxBatchEntries} messages");
            return;
        }

        var batch = new Batch(_handler);
        foreach (var entry in entries)
            Receive(body[entry], batch);
        batch.Release();
    }

    private void Receive(ReadOnlySpan<byte> json, Batch? batch)
    {
        var message = Message.Parse(json, _methods);
        var kind = message.IsReply ? JsonRpcMessageKind.Reply
            : message.HasId ? JsonRpcMessageKind.Request : JsonRpcMessageKind.Notification;
        Record(isIncoming: true, kind, message.MethodName, json.Length);
        try
        {
            if (message.IsReply)
                ReceiveReply(ref message);
            else if (message.Fault is { } fault)
                Refuse(message.Id, JsonRpcErrorCode.InvalidRequest, $"Invalid request: {fault}", batch);
            else if (!message.HasId)
                ReceiveNotification(ref message);
            else if (Admit(ref message, json.Length, batch) is { } error)
                SendError(message.Id, error, batch);
        }
        catch (Exception e) // of the gate, or of a converter
        {
            Report(message.MethodName, "could not be handled", e);
            if (message.HasId)
                SendError(message.Id, Error(JsonRpcErrorCode.InternalError, InternalError), batch);
        }
    }

    /// <summary>Starts a request, or returns the error to answer with.</summary>
    private LocalRpcException? Admit(ref Message message, int bytes, Batch? batch)
    {
        if (Gate?.Invoke(message.MethodName!, false) is { } refusal)
            return refusal;
        if (message.Method is null)
        {
            // What does not look like a method's name may be a secret in the wrong place: it is not repeated.
            var name = IsPlain(message.MethodName!) ? $": {message.MethodName}" : "";
            return Error(JsonRpcErrorCode.MethodNotFound, $"Method not found{name}");
        }

        if (message.Method.Bind(message.Params, out var fault) is not { } call)
            return Error(JsonRpcErrorCode.InvalidParams, fault);
        call.BecomeRequest(message.Id, batch, bytes);
        batch?.Expect();
        var error = _incoming.Add(call);
        if (error is not null)
            batch?.Release();
        return error;
    }

    private static bool IsPlain(string name) =>
        name.Length <= MaxNameLength && name.All(static c => char.IsAsciiLetter(c) || c is '/' or '$' or '.');

    private void ReceiveNotification(ref Message message)
    {
        var name = message.MethodName!;
        if (name == "$/cancelRequest")
            ReceiveCancel(message.Params);
        else if (Gate?.Invoke(name, true) is not null)
            Report(name, "ignored: not allowed now");
        else if (message.Method is null)
            Report(name, "ignored: no such notification");
        else if (message.Method.Bind(message.Params, out var fault) is not { } call)
            Report(name, $"ignored: {fault}");
        else if (Volatile.Read(ref _runningNotifications) >= MaxConcurrentRequests)
            Report(name, "ignored: too many notifications are running");
        else
            _ = RunNotificationAsync(call);
    }

    private async Task RunNotificationAsync(IncomingCall call)
    {
        Interlocked.Increment(ref _runningNotifications);
        var task = call.StartAsync(_lifetime.Token);
        await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Interlocked.Decrement(ref _runningNotifications);
        if (task.Exception is { } exception)
            Report(call.Method.Name, "failed unforeseen", exception.InnerException);
    }

    private void ReceiveCancel(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json.IsEmpty ? "{}"u8 : json, Message.ReaderOptions);
        for (reader.Read(); reader.Read() && reader.TokenType == JsonTokenType.PropertyName; reader.Skip())
        {
            var isId = JsonText.Is(ref reader, "id"u8);
            reader.Read();
            if (isId && RequestId.TryRead(ref reader, out var id))
                _incoming.Cancel(id);
        }
    }

    private void ReceiveReply(ref Message message)
    {
        if (!message.HasId || _outgoing.Take(message.Id) is not { } call)
            Report(null, "ignored: a reply to no call that is waiting");
        else if (message.Error.IsEmpty)
            call.SetResult(message.Result.ToArray());
        else
            call.SetException(ReadError(message.Error));
    }

    private static RemoteInvocationException ReadError(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, Message.ReaderOptions);
        var error = JsonElement.ParseValue(ref reader);
        try
        {
            return new RemoteInvocationException(
                error.GetProperty("message"u8).GetString() ?? "",
                error.GetProperty("code"u8).GetInt32(),
                error.TryGetProperty("data"u8, out var data) ? data : null);
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return new RemoteInvocationException("The peer's error cannot be read.", (int)JsonRpcErrorCode.InternalError);
        }
    }
}
