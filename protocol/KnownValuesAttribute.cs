namespace Companion.Protocol;

/// <summary>Names the values of a text member, for the documentation and the generated types.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class KnownValuesAttribute(params string[] values) : Attribute
{
    /// <summary>The values.</summary>
    public IReadOnlyList<string> Values { get; } = values;

    /// <summary>True where the gateway may add to them, so that a reader has to cope with any other text.</summary>
    public bool Open { get; init; }
}
