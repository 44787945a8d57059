namespace Companion.Server.Language;

/// <summary>
/// What the server says to people, in English; what derives from it says the same in another language. Ids, states and whatever the
/// gateway said stay as they are. What is wrong with a request is for programmers, and stays English.
/// </summary>
internal partial class Phrases
{
    /// <summary>The phrases in a client's language, or in English where there is no such translation.</summary>
    /// <param name="locale">LSP's locale, such as de or pt-br; null where the client has not said.</param>
    public static Phrases For(string? locale) =>
        locale?.Split('-', '_')[0].Equals("de", StringComparison.OrdinalIgnoreCase) == true ? new GermanPhrases() : new Phrases();
}
