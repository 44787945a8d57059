using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using StreamJsonRpc;
using StreamJsonRpc.Protocol;

namespace Companion.JsonRpc;

/// <summary>
/// A <see cref="StreamJsonRpc.JsonRpc"/> that doesn't reveal exceptions to the client and limits concurrent requests. It starts methods in the
/// order of arrival, each on the reader's thread up to its first wait, so methods must not block.
/// </summary>
public class Connection : StreamJsonRpc.JsonRpc
{
    internal const string CancelRequest = "$/cancelRequest";
    internal const string InternalError = "Internal error";

    private const string Canceled = "The request was canceled";
    private const string Busy = "The server is busy: too many requests are running";

    private readonly MessageHandler _handler;
    private int _running;

    /// <summary>Creates a connection, which does nothing until it starts listening.</summary>
    /// <param name="handler">Transports the messages. Disposed when the connection ends.</param>
    public Connection(MessageHandler handler)
        : base(handler)
    {
        _handler = handler;
        TraceSource.Switch.Level = SourceLevels.Off; // on Windows, every process of the session can read what it writes
        handler.WritingFailed = e =>
        {
            handler.Report(null, "writing failed", e);
            Dispose();
        };
        SynchronizationContext = new InlineContext();
        CancelLocallyInvokedMethodsWhenConnectionIsClosed = true;
    }

    /// <summary>Converts an exception of a method to the error that's sent. Null for unexpected exceptions.</summary>
    public Func<Exception, LocalRpcException?>? Translate { get; set; }

    /// <summary>The maximum number of concurrent requests. More are rejected, so that cancellations and notifications are still processed.</summary>
    internal int MaxRunning { get; set; } = 2048;

    /// <summary>Adds the methods of a contract.</summary>
    /// <typeparam name="TContract">An interface whose methods have names and at most one parameter and a cancellation token.</typeparam>
    public void AddTarget<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicMethods)] TContract>(TContract target)
        where TContract : class
    {
        foreach (var method in typeof(TContract).GetMethods())
        {
            var settings = method.GetCustomAttribute<JsonRpcMethodAttribute>()!;
            AddLocalRpcMethod(method, target, settings);
            _handler.AddMethod(settings.Name!);
        }
    }

    /// <summary>Waits until everything was written to the stream. A failure ends the connection and isn't thrown.</summary>
    public Task FlushAsync() => _handler.FlushAsync();

    /// <inheritdoc/>
    protected override async ValueTask<JsonRpcMessage> DispatchRequestAsync(
        JsonRpcRequest request, TargetMethod targetMethod, CancellationToken cancellationToken)
    {
        if (!request.IsResponseExpected)
            return await base.DispatchRequestAsync(request, targetMethod, cancellationToken).ConfigureAwait(false);
        JsonRpcMessage reply;
        try
        {
            if (Interlocked.Increment(ref _running) > MaxRunning)
                throw new LocalRpcException(Busy) { ErrorCode = (int)JsonRpcErrorCode.InvocationError };
            reply = await base.DispatchRequestAsync(request, targetMethod, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }

        if (reply is JsonRpcError { Error: { Code: JsonRpcErrorCode.RequestCanceled } error } && error is not MethodError)
            CorrectCancellation(request, error, cancellationToken);
        return reply;
    }

    /// <inheritdoc/>
    protected override JsonRpcError.ErrorDetail CreateErrorDetails(JsonRpcRequest request, Exception exception)
    {
        var error = exception as LocalRpcException ?? Translate?.Invoke(exception);
        if (error is null && exception is OperationCanceledException)
            return new() { Code = JsonRpcErrorCode.RequestCanceled, Message = Canceled };
        if (error is null)
            _handler.Report(request.Method, "failed unexpectedly", exception);
        else if (!request.IsResponseExpected)
            _handler.Report(request.Method, $"ignored: {error.Message}");
        return error is null
            ? new() { Code = JsonRpcErrorCode.InternalError, Message = InternalError }
            : new MethodError { Code = (JsonRpcErrorCode)error.ErrorCode, Message = error.Message, Data = error.ErrorData };
    }

    /// <summary>The same exception for all errors. By default, wrong params throw one for a missing method.</summary>
    protected override RemoteRpcException CreateExceptionFromRpcError(JsonRpcRequest request, JsonRpcError response) =>
        new RemoteInvocationException(response.Error?.Message, (int)(response.Error?.Code ?? JsonRpcErrorCode.InternalError), response.Error?.Data);

    /// <inheritdoc/>
    protected override Type? GetErrorDetailsDataType(JsonRpcError error) => null;

    /// <summary>A method that ends with a cancellation, although its request wasn't canceled, has failed.</summary>
    private void CorrectCancellation(JsonRpcRequest request, JsonRpcError.ErrorDetail error, CancellationToken cancellationToken)
    {
        error.Message = Canceled;
        if (cancellationToken.IsCancellationRequested)
            return;
        _handler.Report(request.Method, "failed unexpectedly", new OperationCanceledException());
        (error.Code, error.Message) = (JsonRpcErrorCode.InternalError, InternalError);
    }

    /// <summary>An error with the method's own message.</summary>
    private sealed class MethodError : JsonRpcError.ErrorDetail;
}
