namespace Companion.Protocol.Constraints;

/// <summary>An API key. Accepts any text: the server's own check reports which character or format is wrong.</summary>
public sealed class ApiKeyConverter : TextConverter
{
    /// <inheritdoc/>
    public override string Expected => "an API key: visible ASCII characters without spaces";

    /// <inheritdoc/>
    public override string Schema => """{"type":"string","minLength":1,"pattern":"^[!-~]+$"}""";

    /// <inheritdoc/>
    protected override bool Accepts(string text) => text.Length > 0;
}
