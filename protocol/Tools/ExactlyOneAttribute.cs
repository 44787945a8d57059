namespace Companion.Protocol.Tools;

/// <summary>Exactly one of two members must be given.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ExactlyOneAttribute(string first, string second) : Attribute
{
    /// <summary>The name of one property.</summary>
    public string First { get; } = first;

    /// <summary>The name of the other.</summary>
    public string Second { get; } = second;
}
