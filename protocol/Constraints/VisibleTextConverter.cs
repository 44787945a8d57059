namespace Companion.Protocol.Constraints;

/// <summary>Text that goes into a header or a request as it is: visible ASCII, no spaces, no control characters.</summary>
public abstract class VisibleTextConverter : TextConverter
{
    /// <inheritdoc/>
    protected override bool Accepts(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExceptInRange('!', '~');
}

/// <summary>An API key. Lengths and prefixes vary, so only what cannot stand in a header is refused.</summary>
public sealed class ApiKeyConverter : VisibleTextConverter
{
    /// <inheritdoc/>
    public override string Takes => "an API key: visible ASCII characters without spaces";

    /// <inheritdoc/>
    public override string Schema => """{"type":"string","minLength":1,"pattern":"^[!-~]+$"}""";
}

/// <summary>A version of VS Code.</summary>
public sealed class VersionConverter : VisibleTextConverter
{
    private const int MaxLength = 128;

    /// <inheritdoc/>
    public override string Takes => "a version such as 1.139.1: 1 to 128 visible ASCII characters without spaces";

    /// <inheritdoc/>
    public override string Schema => """{"type":"string","minLength":1,"maxLength":128,"pattern":"^[!-~]+$"}""";

    /// <inheritdoc/>
    protected override bool Accepts(string text) => text.Length <= MaxLength && base.Accepts(text);
}
