using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using StreamJsonRpc;
using StreamJsonRpc.Protocol;

namespace Companion.JsonRpc;

/// <summary>
/// A <see cref="StreamJsonRpc.JsonRpc"/> that tells the peer nothing of an exception, bounds the requests that run, and starts methods in
/// the order of arrival, each on the reader's thread up to its first wait, so they do not block.
/// </summary>
public class Connection : StreamJsonRpc.JsonRpc
{
    internal const string CancelRequest = "$/cancelRequest";
    internal const string InternalError = "Internal error";

    private const string Cancelled = "The request was cancelled";
    private const string Busy = "The server is busy: too many requests are running";

    private readonly MessageHandler _handler;
    private int _running;

    /// <summary>Makes a connection that does nothing before it listens.</summary>
    /// <param name="handler">Transports the messages. Disposed when the connection ends.</param>
    public Connection(MessageHandler handler)
        : base(handler)
    {
        _handler = handler;
        handler.WritingFailed = e =>
        {
            handler.Report(null, "writing failed", e);
            Dispose();
        };
        SynchronizationContext = new InlineContext();
        CancelLocallyInvokedMethodsWhenConnectionIsClosed = true;
    }

    /// <summary>Turns what a method throws into the error that the peer gets; null for what is none of its business.</summary>
    public Func<Exception, LocalRpcException?>? Translate { get; set; }

    /// <summary>Requests that run at once. Another one is refused, so that cancels and notifications still get in.</summary>
    internal int MaxRunning { get; set; } = 2048;

    /// <summary>Adds the methods of a contract.</summary>
    /// <typeparam name="TContract">An interface whose methods have names for the wire, at most one parameter and a token.</typeparam>
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

    /// <summary>Waits until the stream has taken what was written. A failure ends the connection and is not the caller's.</summary>
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
            return new() { Code = JsonRpcErrorCode.RequestCanceled, Message = Cancelled };
        if (error is null)
            _handler.Report(request.Method, "failed unexpectedly", exception);
        else if (!request.IsResponseExpected)
            _handler.Report(request.Method, $"ignored: {error.Message}");
        return error is null
            ? new() { Code = JsonRpcErrorCode.InternalError, Message = InternalError }
            : new MethodError { Code = (JsonRpcErrorCode)error.ErrorCode, Message = error.Message, Data = error.ErrorData };
    }

    /// <inheritdoc/>
    protected override Type? GetErrorDetailsDataType(JsonRpcError error) => null;

    /// <summary>A method that gives up though nobody asked it to has failed.</summary>
    private void CorrectCancellation(JsonRpcRequest request, JsonRpcError.ErrorDetail error, CancellationToken cancellationToken)
    {
        error.Message = Cancelled;
        if (cancellationToken.IsCancellationRequested)
            return;
        _handler.Report(request.Method, "failed unexpectedly", new OperationCanceledException());
        (error.Code, error.Message) = (JsonRpcErrorCode.InternalError, InternalError);
    }

    /// <summary>An error whose description are the method's.</summary>
    private sealed class MethodError : JsonRpcError.ErrorDetail;
}
