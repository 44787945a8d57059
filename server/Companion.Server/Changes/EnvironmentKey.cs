namespace Companion.Server.Changes;

/// <summary>Which environment: ids are unique within an account only.</summary>
internal sealed record EnvironmentKey(string AccountId, string EnvironmentId);
