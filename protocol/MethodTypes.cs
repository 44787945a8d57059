using System.Text.Json.Serialization.Metadata;

namespace Companion.Protocol;

/// <summary>Who sends a message.</summary>
public enum Direction
{
    /// <summary>The client, to the server.</summary>
    ClientToServer,

    /// <summary>The server, to the client.</summary>
    ServerToClient,
}

/// <summary>A method of the protocol, as the documentation lists it.</summary>
public interface IMethodType
{
    /// <summary>Its name on the wire.</summary>
    string Name { get; }

    /// <summary>Who sends it.</summary>
    Direction Direction { get; }

    /// <summary>Its params object.</summary>
    Type ParamsType { get; }

    /// <summary>Its result, or null for a notification.</summary>
    Type? ResultType { get; }

    /// <summary>True where null is a result too.</summary>
    bool ResultMayBeNull { get; }
}

/// <summary>A method that is answered.</summary>
/// <param name="Name">Its name on the wire.</param>
/// <param name="Params">Gives the metadata of its params object; it takes a while to build, so only who uses it asks.</param>
/// <param name="Result">Gives the metadata of its result.</param>
/// <param name="ResultMayBeNull">True where null is a result too.</param>
/// <typeparam name="TParams">Its params object.</typeparam>
/// <typeparam name="TResult">Its result.</typeparam>
public sealed record RequestType<TParams, TResult>(
    string Name, Func<JsonTypeInfo<TParams>> Params, Func<JsonTypeInfo<TResult>> Result, bool ResultMayBeNull = false) : IMethodType
{
    /// <inheritdoc/>
    public Direction Direction => Direction.ClientToServer;

    /// <inheritdoc/>
    public Type ParamsType => typeof(TParams);

    /// <inheritdoc/>
    public Type? ResultType => typeof(TResult);
}

/// <summary>A method that is not answered.</summary>
/// <param name="Name">Its name on the wire.</param>
/// <param name="Direction">Who sends it.</param>
/// <param name="Params">Gives the metadata of its params object; it takes a while to build, so only who uses it asks.</param>
/// <typeparam name="TParams">Its params object.</typeparam>
public sealed record NotificationType<TParams>(string Name, Direction Direction, Func<JsonTypeInfo<TParams>> Params) : IMethodType
{
    /// <inheritdoc/>
    public Type ParamsType => typeof(TParams);

    /// <inheritdoc/>
    public Type? ResultType => null;

    /// <inheritdoc/>
    public bool ResultMayBeNull => false;
}
