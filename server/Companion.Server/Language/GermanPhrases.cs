namespace Companion.Server.Language;

/// <summary>German. Every phrase of the base has one here, which a test sees to.</summary>
internal sealed partial class GermanPhrases : Phrases
{
    private static string Noun(string verb) => verb == "connect" ? "Verbinden" : "Trennen";

    private static string Participle(string verb) => verb == "connect" ? "verbunden" : "getrennt";

    private static string Infinitive(string verb) => verb == "connect" ? "verbinden" : "trennen";
}
