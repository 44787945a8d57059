using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Companion.Protocol.Constraints;

/// <summary>The ARN of an AWS IAM role. The message names three other things that are often confused with it.</summary>
public sealed partial class RoleArnConverter : TextConverter
{
    /// <summary>The maximum length of an ARN in characters.</summary>
    public const int MaxLength = 2048;

    private const string Pattern = @"^arn:aws[a-zA-Z-]*:iam::[0-9]{12}:role/([\x21-\x7E]+/)?[A-Za-z0-9_+=,.@-]{1,64}$";

    /// <inheritdoc/>
    public override string Expected =>
        "the ARN of an IAM role, such as arn:aws:iam::123456789012:role/trainer; not an assumed-role (sts) ARN, "
        + "not an instance-profile ARN, not a bare role name";

    /// <inheritdoc/>
    public override string Schema => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"type":"string","maxLength":{{MaxLength}},"pattern":"{{JsonEncodedText.Encode(Pattern, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}}"}""");

    /// <summary>Returns whether a text is the ARN of an IAM role.</summary>
    public static bool IsRoleArn(string text) => text.Length <= MaxLength && !text.EndsWith('\n') && Arn().IsMatch(text);

    /// <inheritdoc/>
    protected override bool Accepts(string text) => IsRoleArn(text);

    [GeneratedRegex(Pattern, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Arn();
}
