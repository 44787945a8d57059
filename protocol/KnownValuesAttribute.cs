namespace Companion.Protocol;

/// <summary>The known values of a string member, or of the items of a list of strings, for the documentation and the generated types.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class KnownValuesAttribute(params string[] values) : Attribute
{
    /// <summary>The values, in the order of the documentation.</summary>
    public IReadOnlyList<string> Values { get; } = values;

    /// <summary>True if the gateway may add values, so clients must handle any other text.</summary>
    public bool Open { get; init; }
}
