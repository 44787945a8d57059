namespace Companion.Protocol.Constraints;

/// <summary>A version of VS Code.</summary>
public sealed class VersionConverter : TextConverter
{
    private const int MaxLength = 128;

    /// <inheritdoc/>
    public override string Expected => "a version such as 1.139.1: 1 to 128 visible ASCII characters without spaces";

    /// <inheritdoc/>
    public override string Schema => """{"type":"string","minLength":1,"maxLength":128,"pattern":"^[!-~]+$"}""";

    /// <summary>Returns whether a text can be sent as a version.</summary>
    public static bool IsVersion(string text) => text.Length is > 0 and <= MaxLength && !text.AsSpan().ContainsAnyExceptInRange('!', '~');

    /// <inheritdoc/>
    protected override bool Accepts(string text) => IsVersion(text);
}
