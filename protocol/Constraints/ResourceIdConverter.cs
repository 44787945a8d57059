using System.Buffers;

namespace Companion.Protocol.Constraints;

/// <summary>The id of an account, environment, or node pool: one segment, never a full resource name.</summary>
public sealed class ResourceIdConverter : TextConverter
{
    /// <summary>The maximum length of an id in characters.</summary>
    public const int MaxLength = 63;

    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <inheritdoc/>
    public override string Expected => "an id of 1 to 63 of a-z, 0-9 and -, with no hyphen first or last";

    /// <inheritdoc/>
    public override string Schema => """{"type":"string","minLength":1,"maxLength":63,"pattern":"^[a-z0-9]([a-z0-9-]*[a-z0-9])?$"}""";

    /// <summary>Returns whether a text is a resource id.</summary>
    public static bool IsResourceId(string text) =>
        text.Length is > 0 and <= MaxLength && text[0] != '-' && text[^1] != '-'
        && !text.AsSpan().ContainsAnyExcept(Allowed);

    /// <inheritdoc/>
    protected override bool Accepts(string text) => IsResourceId(text);
}
