using System.Text.Json.Serialization;

namespace Companion.BareClient;

/// <summary>The work to do.</summary>
/// <param name="Requests">The requests of an iteration, which are sent in sequence.</param>
/// <param name="Concurrency">The number of iterations in progress at a time.</param>
/// <param name="Connections">The maximum number of connections, or null for no limit. The first run decides it for all.</param>
internal sealed record Work(string Url, string Key, Request[] Requests, int Iterations, int Concurrency, int? Connections = null);

/// <summary>A request.</summary>
internal sealed record Request(string Method, string Path, string? Body);

/// <summary>The result.</summary>
/// <param name="Total">The total duration in milliseconds.</param>
/// <param name="Times">The duration of each iteration in milliseconds.</param>
/// <param name="Memory">The memory of the process in bytes.</param>
internal sealed record Result(double Total, double[] Times, long Memory);

/// <summary>The JSON metadata.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Work))]
[JsonSerializable(typeof(Result))]
internal sealed partial class BareJson : JsonSerializerContext;
