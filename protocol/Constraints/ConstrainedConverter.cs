using System.Text.Json;
using System.Text.Json.Serialization;

namespace Companion.Protocol.Constraints;

/// <summary>
/// Reads a member that accepts only some values of its type, such as an id, a number of ranks, or a role. Any other value is refused with a
/// <see cref="JsonException"/> whose message is <see cref="Expected"/>, so that the message, the schema in the reference, and the check stay
/// together. The serializer itself reads and writes null.
/// </summary>
/// <typeparam name="T">The member's type, nullable where the member is optional.</typeparam>
public abstract class ConstrainedConverter<T> : JsonConverter<T>, IConstraint
{
    /// <inheritdoc/>
    public abstract string Expected { get; }

    /// <inheritdoc/>
    public abstract string Schema { get; }

    /// <summary>Reads a value that isn't null.</summary>
    /// <returns>False if the token isn't a valid value.</returns>
    protected abstract bool TryRead(ref Utf8JsonReader reader, out T? value);

    /// <inheritdoc/>
    public sealed override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TryRead(ref reader, out var value) ? value : throw new JsonException(Expected);

    /// <summary>Describes valid values. Also used in the error for a missing member.</summary>
    public sealed override string ToString() => Expected;
}

/// <summary>How a constraint is documented.</summary>
public interface IConstraint
{
    /// <summary>A phrase that follows "must be": "an integer from 1 to 10".</summary>
    string Expected { get; }

    /// <summary>The constraint as a JSON Schema object.</summary>
    string Schema { get; }
}
