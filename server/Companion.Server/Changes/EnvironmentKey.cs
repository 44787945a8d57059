namespace Companion.Server.Changes;

/// <summary>Identifies an environment. Ids are unique only within an account.</summary>
internal sealed record EnvironmentKey(string AccountId, string EnvironmentId);
