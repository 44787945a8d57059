namespace Companion.Server.Changes;

/// <summary>Which environment: ids are unique within an account only.</summary>
/// <param name="AccountId">The account that owns it.</param>
/// <param name="EnvironmentId">Its id.</param>
internal sealed record EnvironmentKey(string AccountId, string EnvironmentId);
