using System.Reflection;
using StreamJsonRpc;

namespace Companion.Protocol.Generator;

/// <summary>A method of the contract, as its interface declares it.</summary>
internal sealed record ContractMethod(MethodInfo Method, bool IsFromClient)
{
    /// <summary>All of them, in the order of their declaration, which is that of the documentation.</summary>
    public static IEnumerable<ContractMethod> All =>
    [
        .. typeof(ICompanionServer).GetMethods().Select(static m => new ContractMethod(m, IsFromClient: true)),
        .. typeof(ICompanionClient).GetMethods().Select(static m => new ContractMethod(m, IsFromClient: false)),
    ];

    /// <summary>Its name on the wire.</summary>
    public string Name => Method.GetCustomAttribute<JsonRpcMethodAttribute>()?.Name
        ?? throw new InvalidOperationException($"{Method.Name} has no name for the wire.");

    /// <summary>Its params object.</summary>
    public Type Params => Method.GetParameters().Select(static p => p.ParameterType).Where(static t => t != typeof(CancellationToken)).ToArray() switch
    {
        [] => typeof(Empty),
        [var only] => only,
        _ => throw new InvalidOperationException($"{Method.Name} takes more than one params object."),
    };

    /// <summary>True where nothing is answered.</summary>
    public bool IsNotification => Method.ReturnType == typeof(void);

    /// <summary>Its result, or null where that is always null.</summary>
    public Type? Result => Method.ReturnType.GenericTypeArguments.SingleOrDefault();

    /// <summary>True where null is a result too.</summary>
    public bool ResultMayBeNull =>
        new NullabilityInfoContext().Create(Method.ReturnParameter).GenericTypeArguments is [{ ReadState: NullabilityState.Nullable }];
}
