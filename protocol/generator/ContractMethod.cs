using System.Reflection;
using StreamJsonRpc;

namespace Companion.Protocol.Generator;

/// <summary>A method of the contract, as declared in its interface.</summary>
internal sealed record ContractMethod(MethodInfo Method, bool IsFromClient)
{
    /// <summary>All methods, in the order of declaration, which is also the order in the documentation.</summary>
    public static IEnumerable<ContractMethod> All =>
    [
        .. typeof(ICompanionServer).GetMethods().Select(static m => new ContractMethod(m, IsFromClient: true)),
        .. typeof(ICompanionClient).GetMethods().Select(static m => new ContractMethod(m, IsFromClient: false)),
    ];

    /// <summary>The name in messages.</summary>
    public string Name => Method.GetCustomAttribute<JsonRpcMethodAttribute>()?.Name
        ?? throw new InvalidOperationException($"{Method.Name} has no name for the wire.");

    /// <summary>The type of the params object.</summary>
    public Type Params => Method.GetParameters().Select(static p => p.ParameterType).Where(static t => t != typeof(CancellationToken)).ToArray() switch
    {
        [] => typeof(Empty),
        [var only] => only,
        _ => throw new InvalidOperationException($"{Method.Name} takes more than one params object."),
    };

    /// <summary>True for a notification.</summary>
    public bool IsNotification => Method.ReturnType == typeof(void);

    /// <summary>The result type, or null if the result is always null.</summary>
    public Type? Result => Method.ReturnType.GenericTypeArguments.SingleOrDefault();

    /// <summary>True if the result can also be null.</summary>
    public bool ResultMayBeNull =>
        new NullabilityInfoContext().Create(Method.ReturnParameter).GenericTypeArguments is [{ ReadState: NullabilityState.Nullable }];
}
