namespace Companion.Protocol.Tools;

/// <summary>A tool's name, its title for people, and the hints of the Model Context Protocol.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ToolAttribute(string name, string title) : Attribute
{
    /// <summary>The name in messages.</summary>
    public string Name { get; } = name;

    /// <summary>The name for people.</summary>
    public string Title { get; } = title;

    /// <summary>True if it changes nothing.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>True if it can end or interrupt what runs in an environment.</summary>
    public bool IsDestructive { get; init; }

    /// <summary>True if a second call with the same arguments changes nothing more.</summary>
    public bool IsIdempotent { get; init; }

    /// <summary>True if it asks the gateway, whose state others change, too.</summary>
    public bool IsOpenWorld { get; init; } = true;
}
