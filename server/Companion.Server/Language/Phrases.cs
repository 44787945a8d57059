namespace Companion.Server.Language;

/// <summary>
/// The texts that people read, in English; derived classes translate them. Ids and the gateway's own messages aren't translated. Neither
/// are errors in a request, which are for developers.
/// </summary>
internal partial class Phrases
{
    /// <summary>The phrases in a client's language, or in English if there's no translation.</summary>
    /// <param name="locale">LSP's locale, such as de or pt-br, or null.</param>
    public static Phrases For(string? locale) =>
        locale?.Split('-', '_')[0].Equals("de", StringComparison.OrdinalIgnoreCase) == true ? new GermanPhrases() : new Phrases();
}
