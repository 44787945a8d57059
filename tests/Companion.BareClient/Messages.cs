using System.Text.Json.Serialization;

namespace Companion.BareClient;

/// <summary>What to do.</summary>
/// <param name="Url">The gateway.</param>
/// <param name="Key">The key that each request carries.</param>
/// <param name="Requests">What a piece of the work is, one request after the other.</param>
/// <param name="Pieces">How many pieces there are.</param>
/// <param name="AtOnce">How many of them are worked on at once.</param>
/// <param name="Connections">How many connections there may be at a time; the first work decides for all. Null for any number.</param>
internal sealed record Work(string Url, string Key, Request[] Requests, int Pieces, int AtOnce, int? Connections = null);

/// <summary>One request.</summary>
internal sealed record Request(string Method, string Path, string? Body);

/// <summary>What came of it.</summary>
/// <param name="Total">Milliseconds of the whole.</param>
/// <param name="Times">Milliseconds of each piece.</param>
/// <param name="Memory">Bytes that the process has now.</param>
internal sealed record Done(double Total, double[] Times, long Memory);

/// <summary>How they are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Work))]
[JsonSerializable(typeof(Done))]
internal sealed partial class BareJson : JsonSerializerContext;
