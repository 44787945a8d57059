using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Companion.Protocol.Constraints;

namespace Companion.Protocol.Generator;

/// <summary>JSON Schema for every record that a method uses, with the same options as the server's.</summary>
/// <param name="docs">The descriptions, or null for none.</param>
/// <param name="place">Where the document has the schemas.</param>
internal sealed class SchemaBuilder(XmlDocs? docs, string place = "#/components/schemas/")
{
    // Uses reflection, because types that the server only writes have no metadata for reading.
    private static readonly JsonSerializerOptions Described = new(ProtocolJson.Default.Options) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    private readonly SortedDictionary<string, JsonObject> _schemas = new(StringComparer.Ordinal);

    /// <summary>The schemas by record name.</summary>
    public JsonObject Schemas => new(_schemas.Select(static s => KeyValuePair.Create(s.Key, (JsonNode?)s.Value.DeepClone())));

    /// <summary>A reference to a record's schema, which is created on first use.</summary>
    public JsonObject Reference(Type type)
    {
        var name = type.Name;
        if (_schemas.TryAdd(name, []))
            _schemas[name] = Record(type);
        return new JsonObject { ["$ref"] = place + name };
    }

    /// <summary>The members of a record.</summary>
    public static IEnumerable<JsonPropertyInfo> Members(Type type) => Described.GetTypeInfo(type).Properties;

    /// <summary>The schema of a member, with its documentation.</summary>
    public JsonObject Member(JsonPropertyInfo property)
    {
        var schema = Value(property);
        if (docs is null)
            return schema;
        if (schema.ContainsKey("$ref"))
            schema = new JsonObject { ["allOf"] = new JsonArray(schema) }; // a description next to $ref would be ignored
        schema["description"] = docs.Of((MemberInfo)property.AttributeProvider!);
        return schema;
    }

    /// <summary>A record's schema.</summary>
    public JsonObject Record(Type type)
    {
        var info = Described.GetTypeInfo(type);
        var record = new JsonObject { ["type"] = "object" };
        if (docs is not null)
            record["description"] = docs.Of(type);
        record["properties"] = new JsonObject(info.Properties.Select(p => KeyValuePair.Create(p.Name, (JsonNode?)Member(p))));
        var required = info.Properties.Where(static p => p.IsRequired).Select(static p => (JsonNode?)p.Name).ToArray();
        if (required.Length > 0)
            record["required"] = new JsonArray(required);
        var unmapped = info.UnmappedMemberHandling ?? info.Options.UnmappedMemberHandling;
        record["additionalProperties"] = unmapped == JsonUnmappedMemberHandling.Skip;
        return record;
    }

    private JsonObject Value(JsonPropertyInfo property)
    {
        if (property.CustomConverter is IConstraint constraint)
        {
            var schema = JsonNode.Parse(constraint.Schema)!.AsObject();
            return property is { IsRequired: true, IsSetNullable: true } ? OrNull(schema) : schema;
        }

        if (property.AttributeProvider!.GetCustomAttributes(typeof(KnownValuesAttribute), inherit: false) is [KnownValuesAttribute known])
        {
            var closed = new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. known.Values.Select(static v => (JsonNode?)v)]) };
            if (property.PropertyType != typeof(string))
                return new JsonObject { ["type"] = "array", ["items"] = closed };
            return known.Open ? new JsonObject { ["anyOf"] = new JsonArray(closed, new JsonObject { ["type"] = "string" }) } : closed;
        }

        var plain = Plain(property.PropertyType, property.Options);
        return plain.ContainsKey("$ref") && property is { IsRequired: true, IsSetNullable: true } ? OrNull(plain) : plain;
    }

    private static JsonObject OrNull(JsonObject schema) => new() { ["anyOf"] = new JsonArray(schema, new JsonObject { ["type"] = "null" }) };

    private JsonObject Plain(Type declared, JsonSerializerOptions options)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        if (type == typeof(string))
            return new JsonObject { ["type"] = "string" };
        if (type == typeof(bool))
            return new JsonObject { ["type"] = "boolean" };
        if (type == typeof(int))
            return new JsonObject { ["type"] = "integer", ["minimum"] = int.MinValue, ["maximum"] = int.MaxValue };
        if (type == typeof(long))
            return new JsonObject { ["type"] = "integer" };
        if (type == typeof(DateTimeOffset))
            return new JsonObject { ["type"] = "string", ["format"] = "date-time" };
        if (type == typeof(JsonElement))
            return JsonNode.Parse(new ProgressTokenConverter().Schema)!.AsObject();

        var info = options.GetTypeInfo(type);
        if (info.PolymorphismOptions is { DerivedTypes: { Count: > 0 } shapes })
            return new JsonObject { ["anyOf"] = new JsonArray([.. shapes.Select(s => (JsonNode?)Reference(s.DerivedType))]) };
        return info.Kind == JsonTypeInfoKind.Enumerable
            ? new JsonObject { ["type"] = "array", ["items"] = Plain(info.ElementType!, options) }
            : Reference(type);
    }
}
