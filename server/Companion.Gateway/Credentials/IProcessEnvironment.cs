namespace Companion.Gateway.Credentials;

/// <summary>What of the process's surroundings credentials are looked for in.</summary>
public interface IProcessEnvironment
{
    /// <summary>The person's home folder; null or empty where there is none.</summary>
    string? HomeDirectory { get; }

    /// <summary>The value of an environment variable; null where it is not set.</summary>
    string? GetVariable(string name);
}

/// <summary>The surroundings of this process.</summary>
public sealed class ProcessEnvironment : IProcessEnvironment
{
    /// <inheritdoc/>
    public string? HomeDirectory =>
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);

    /// <inheritdoc/>
    public string? GetVariable(string name) => Environment.GetEnvironmentVariable(name);
}
