using System.Reflection;
using System.Text.RegularExpressions;
using Companion.Protocol;
using Companion.Server.Language;

namespace Companion.Server.Tests.Language;

/// <summary>Every phrase in each language, with marked parameters.</summary>
[TestClass]
public sealed partial class PhrasesTests
{
    private static readonly Phrases English = new();

    private static readonly Phrases German = new GermanPhrases();

    public static IEnumerable<object[]> All => Members().Select(static member => new object[] { member.Name });

    [TestMethod]
    [DataRow("de", true)]
    [DataRow("de-AT", true)]
    [DataRow("DE_ch", true)]
    [DataRow("en", false)]
    [DataRow("den", false)]
    [DataRow("fr", false)]
    [DataRow("", false)]
    [DataRow(null, false)]
    public void The_clients_language_is_used_if_supported(string? locale, bool isGerman) =>
        Assert.AreEqual(isGerman, Phrases.For(locale) is GermanPhrases);

    [TestMethod]
    [DynamicData(nameof(All))]
    public void Has_a_translation_with_the_same_parameters(string name)
    {
        var member = Members().Single(member => member.Name == name);
        var translation = typeof(GermanPhrases).GetMethod(name, [.. member.GetParameters().Select(static p => p.ParameterType)])!;
        Assert.AreEqual(typeof(GermanPhrases), translation.DeclaringType, "There is no German for it.");
        foreach (var arguments in Arguments(member))
        {
            var english = (string)member.Invoke(English, arguments)!;
            var german = (string)translation.Invoke(German, arguments)!;
            Assert.AreNotEqual(english, german);
            Assert.AreEqual(Marks(english), Marks(german), $"{english}\n{german}");
            foreach (var mark in arguments.OfType<string>().Where(static a => a.StartsWith('⟦')))
                StringAssert.Contains(english, mark);
            Assert.AreEqual(End(english), End(german), $"{english}\n{german}");
        }
    }

    [TestMethod]
    public void Each_state_has_its_own_word_and_an_unknown_one_keeps_its_name()
    {
        var states = typeof(EnvironmentStates).GetFields().Select(static field => (string)field.GetRawConstantValue()!).ToList();
        var english = states.ConvertAll(English.State);
        var german = states.ConvertAll(German.State);
        CollectionAssert.AllItemsAreUnique(english.Concat(german).ToList());
        Assert.IsFalse(english.Concat(german).Any(states.Contains));
        Assert.AreEqual("HIBERNATING", English.State("HIBERNATING"));
        Assert.AreEqual("HIBERNATING", German.State("HIBERNATING"));
    }

    [TestMethod]
    public void Each_state_of_a_node_pool_that_cannot_be_used_has_its_own_word()
    {
        string[] states = ["STATE_UNSPECIFIED", "CREATING", "DELETING", "FAILED"];
        var words = states.Select(English.NodePoolState).Concat(states.Select(German.NodePoolState)).ToList();
        CollectionAssert.AllItemsAreUnique(words);
        Assert.IsFalse(words.Exists(states.Contains));
        Assert.AreEqual("HIBERNATING", English.NodePoolState("HIBERNATING"));
        Assert.AreEqual("HIBERNATING", German.NodePoolState("HIBERNATING"));
    }

    private static IEnumerable<MethodInfo> Members() =>
        typeof(Phrases).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(static member => member.IsVirtual && member.Name is not (nameof(Phrases.State) or nameof(Phrases.NodePoolState)) && member.GetParameters() is not [{ ParameterType.Name: "GatewayException" or "UnusableKey" }]);

    // Verbs are translated. All other parameters must appear unchanged.
    private static IEnumerable<object[]> Arguments(MethodInfo member)
    {
        IEnumerable<object[]> all = [[]];
        foreach (var (parameter, i) in member.GetParameters().Select(static (p, i) => (p, i)))
        {
            object[] values = parameter switch
            {
                { Name: "verb" } => ["connect", "disconnect"],
                { ParameterType.Name: nameof(String) } => [$"⟦{parameter.Name}⟧"],
                { ParameterType.Name: nameof(Boolean) } => [true, false],
                _ => [1, 4700 + i],
            };
            all = [.. all.SelectMany(before => values.Select(value => before.Append(value).ToArray()))];
        }

        return all;
    }

    private static string Marks(string text) => string.Join(' ', Mark().Matches(text).Select(static m => m.Value).Order(StringComparer.Ordinal));

    private static char End(string text) => text[^1] is '.' or '?' or ':' ? text[^1] : ' ';

    [GeneratedRegex("⟦[^⟧]*⟧|[0-9]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Mark();
}
