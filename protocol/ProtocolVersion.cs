namespace Companion.Protocol;

/// <summary>The version of this contract.</summary>
public static class ProtocolVersion
{
    /// <summary>major.minor: minor grows with what is added, major with what an older peer could misunderstand.</summary>
    public const string Current = "1.0";
}
