using System.Text.Json;
using System.Text.Json.Serialization;

namespace Companion.Protocol.Constraints;

/// <summary>
/// Reads a member whose values are narrower than its type: an id, a number of ranks, a role. What is outside is refused with
/// a <see cref="JsonException"/> whose message is <see cref="Takes"/>, so that the sentence a person reads, the schema in the
/// reference and the check itself stand in one place.
/// </summary>
/// <typeparam name="T">The member's type, nullable where the member is optional.</typeparam>
public abstract class ConstrainedConverter<T> : JsonConverter<T>, IConstraint
{
    /// <inheritdoc/>
    public abstract string Takes { get; }

    /// <inheritdoc/>
    public abstract string Schema { get; }

    /// <summary>Reads one value that is not null.</summary>
    /// <returns>False when the token is no value that the member takes.</returns>
    protected abstract bool TryRead(ref Utf8JsonReader reader, out T? value);

    /// <inheritdoc/>
    public sealed override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TryRead(ref reader, out var value) ? value : throw new JsonException(Takes);

    /// <summary>What the member takes: the error prints it where the member is missing.</summary>
    public sealed override string ToString() => Takes;
}

/// <summary>What a constraint tells the documentation.</summary>
public interface IConstraint
{
    /// <summary>A phrase that follows "takes": "an integer from 1 to 10".</summary>
    string Takes { get; }

    /// <summary>The same as a JSON Schema object.</summary>
    string Schema { get; }
}
