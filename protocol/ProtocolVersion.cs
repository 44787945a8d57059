namespace Companion.Protocol;

/// <summary>The version of this contract.</summary>
public static class ProtocolVersion
{
    /// <summary>
    /// major.minor: the minor version increases with additions, the major version with changes that an older peer could misunderstand.
    /// </summary>
    public const string Current = "1.0";
}
