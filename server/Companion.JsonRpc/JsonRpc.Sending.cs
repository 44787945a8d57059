using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Companion.JsonRpc;

/// <content>What goes out.</content>
public sealed partial class JsonRpc
{
    private const string InternalError = "Internal error";

    private MessageWriter? _spareWriter;

    /// <summary>Sends a request and waits for its result.</summary>
    /// <param name="targetName">The method's name.</param>
    /// <param name="argument">Its params object.</param>
    /// <param name="argumentType">Metadata of the params object.</param>
    /// <param name="resultType">Metadata of the result.</param>
    /// <param name="cancellationToken">Ends the waiting at once and sends the peer <c>$/cancelRequest</c>.</param>
    /// <exception cref="RemoteInvocationException">The peer answered with an error.</exception>
    /// <exception cref="ConnectionLostException">The connection has ended, before or meanwhile.</exception>
    /// <exception cref="JsonException">The result is not what was asked for.</exception>
    public async Task<TResult> InvokeWithParameterObjectAsync<TParams, TResult>(
        string targetName,
        TParams argument,
        JsonTypeInfo<TParams> argumentType,
        JsonTypeInfo<TResult> resultType,
        CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var (id, result) = _outgoing.Add();
        try
        {
            Send(writer => writer.WriteCall(id, targetName, argument, argumentType));
        }
        catch
        {
            _outgoing.Take(id);
            throw;
        }

        _ = FlushAsync();
        using (cancellationToken.UnsafeRegister(_ => Abandon(id, cancellationToken), null))
            return JsonSerializer.Deserialize(await result.ConfigureAwait(false), resultType)!;
    }

    /// <summary>Sends a notification.</summary>
    /// <param name="targetName">The method's name.</param>
    /// <param name="argument">Its params object.</param>
    /// <param name="argumentType">Metadata of the params object.</param>
    /// <returns>A task that ends when the stream has taken it.</returns>
    /// <exception cref="ConnectionLostException">The connection has ended.</exception>
    public Task NotifyWithParameterObjectAsync<TParams>(string targetName, TParams argument, JsonTypeInfo<TParams> argumentType)
    {
        _outgoing.ThrowIfEnded();
        Send(writer =>
        {
            writer.WriteCall(null, targetName, argument, argumentType);
            Record(isIncoming: false, JsonRpcMessageKind.Notification, targetName, writer.MessageBytes);
        });
        return FlushAsync();
    }

    internal static LocalRpcException Error(JsonRpcErrorCode code, string message) => new(message) { ErrorCode = (int)code };

    /// <summary>Sends what was written, and waits until the stream has taken it. A failure ends the connection and is not the caller's.</summary>
    public Task FlushAsync()
    {
        var flush = _handler.FlushAsync();
        return flush.IsCompletedSuccessfully ? flush
            : ObserveAsync(flush, e => End(DisconnectedReason.StreamError, "writing failed", e));
    }

    /// <summary>Writes the reply to a request whose handler is done.</summary>
    internal void Answer(IncomingCall call, Task task)
    {
        var writer = RentWriter();
        var errorCode = 0;
        if (task.IsCompletedSuccessfully)
        {
            writer.BeginResult(call.Id);
            task = call.Method.WriteResultAsync(task, writer); // fails where the result cannot be serialised
            writer.End();
        }

        if (!task.IsCompletedSuccessfully)
        {
            var error = ErrorOf(call, task);
            errorCode = error.ErrorCode;
            writer.Clear();
            WriteError(writer, call.Id, error);
        }

        Record(isIncoming: false, JsonRpcMessageKind.Reply, call.Method.Name, writer.MessageBytes, errorCode);
        Send(writer, call.Batch);
        call.Batch?.Release();
    }

    /// <summary>Only a <see cref="LocalRpcException"/> speaks to the peer; of any other nothing goes out.</summary>
    private LocalRpcException ErrorOf(IncomingCall call, Task task)
    {
        var exception = task.Exception?.InnerException;
        if (exception is LocalRpcException local)
            return local;
        if ((task.IsCanceled || exception is OperationCanceledException) && call.Cancellation!.IsCancellationRequested)
            return Error(JsonRpcErrorCode.RequestCanceled, "The request was cancelled");
        Report(call.Method.Name, "failed unforeseen", exception);
        return Error(JsonRpcErrorCode.InternalError, InternalError);
    }

    private void Refuse(RequestId id, JsonRpcErrorCode code, string message, Batch? batch = null)
    {
        Report(null, message);
        SendError(id, Error(code, message), batch);
    }

    private void SendError(RequestId id, LocalRpcException error, Batch? batch) => Send(
        writer =>
        {
            WriteError(writer, id, error);
            Record(isIncoming: false, JsonRpcMessageKind.Reply, null, writer.MessageBytes, error.ErrorCode);
        },
        batch);

    private void WriteError(MessageWriter writer, RequestId id, LocalRpcException error)
    {
        try
        {
            writer.WriteError(id, error.ErrorCode, error.Message, error.ErrorData);
        }
        catch (Exception e)
        {
            Report(null, "the data of an error cannot be serialised", e);
            writer.Clear();
            writer.WriteError(id, (int)JsonRpcErrorCode.InternalError, InternalError);
        }
    }

    private void Abandon(RequestId id, CancellationToken cancellationToken)
    {
        if (_outgoing.Take(id) is not { } call)
            return;
        call.SetCanceled(cancellationToken);
        Send(writer => writer.WriteCancel(id));
        _ = FlushAsync();
    }

    private void Send(Action<MessageWriter> write, Batch? batch = null)
    {
        var writer = RentWriter();
        write(writer);
        Send(writer, batch);
    }

    private MessageWriter RentWriter() => Interlocked.Exchange(ref _spareWriter, null) ?? MessageWriter.Create();

    private void Send(MessageWriter writer, Batch? batch)
    {
        if (batch is not null)
            batch.Add(writer.Message);
        else
            _handler.Write(writer.Message);
        writer.Clear();
        Volatile.Write(ref _spareWriter, writer);
    }
}
