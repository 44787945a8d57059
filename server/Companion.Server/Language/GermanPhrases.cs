namespace Companion.Server.Language;

/// <summary>The German phrases. A test checks that every phrase is overridden.</summary>
internal sealed partial class GermanPhrases : Phrases
{
    private static string Noun(string verb) => verb == "connect" ? "Verbinden" : "Trennen";

    private static string Participle(string verb) => verb == "connect" ? "verbunden" : "getrennt";
}
