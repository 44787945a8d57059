using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Companion.Protocol.Generator;

/// <summary>The XML documentation of the contract's assembly.</summary>
internal sealed partial class XmlDocs
{
    private readonly Dictionary<string, XElement> _summaries;

    private XmlDocs(Dictionary<string, XElement> summaries) => _summaries = summaries;

    /// <summary>Reads the documentation file of an assembly.</summary>
    public static XmlDocs Of(Assembly assembly)
    {
        var file = Path.ChangeExtension(assembly.Location, ".xml");
        return new XmlDocs(XDocument.Load(file).Descendants("member")
            .Where(static m => m.Element("summary") is not null)
            .ToDictionary(static m => (string)m.Attribute("name")!, static m => m.Element("summary")!, StringComparer.Ordinal));
    }

    /// <summary>The summary of a type.</summary>
    public string Of(Type type) => Find($"T:{type.FullName}");

    /// <summary>The summary of a method. Method names are unique.</summary>
    public string Of(MethodInfo method)
    {
        var name = $"M:{method.DeclaringType!.FullName}.{method.Name}";
        return Find(_summaries.Keys.FirstOrDefault(key => key == name || key.StartsWith($"{name}(", StringComparison.Ordinal)) ?? name);
    }

    /// <summary>The summary of a property.</summary>
    public string Of(MemberInfo property) => Find($"P:{property.DeclaringType!.FullName}.{property.Name}");

    private string Find(string key) => _summaries.TryGetValue(key, out var summary)
        ? Text(summary)
        : throw new InvalidOperationException($"{key} has no summary: the reference would have a hole.");

    private static string Text(XElement summary) => Blank().Replace(string.Concat(summary.Nodes().Select(static node => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "see" } see => $"`{((string)see.Attribute("cref")!).Split('.')[^1]}`",
        _ => throw new InvalidOperationException($"An XML documentation element that the generator does not know: {node}"),
    })), " ").Trim();

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Blank();
}
