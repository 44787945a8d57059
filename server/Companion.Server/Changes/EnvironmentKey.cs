namespace Companion.Server.Changes;

/// <summary>Which environment: ids are unique within an account only.</summary>
/// <param name="AccountId">The account that owns it.</param>
/// <param name="EnvironmentId">Its id.</param>
internal readonly record struct EnvironmentKey(string AccountId, string EnvironmentId);
