using Companion.Gateway.Resources;

namespace Companion.Gateway.Api;

/// <summary>A page of environments.</summary>
/// <param name="ReceivedAt">When the response was received, by the wall clock.</param>
public sealed record GatewayEnvironmentPage(IReadOnlyList<GatewayEnvironment> Environments, DateTimeOffset ReceivedAt);
