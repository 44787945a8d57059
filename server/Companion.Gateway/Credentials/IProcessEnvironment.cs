namespace Companion.Gateway.Credentials;

/// <summary>The environment that contains credentials.</summary>
public interface IProcessEnvironment
{
    /// <summary>The user's home folder. Null or empty if there's none.</summary>
    string? HomeDirectory { get; }

    /// <summary>Returns the value of an environment variable, or null if it isn't set.</summary>
    string? GetVariable(string name);
}

/// <summary>The environment of this process.</summary>
public sealed class ProcessEnvironment : IProcessEnvironment
{
    /// <inheritdoc/>
    public string? HomeDirectory =>
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);

    /// <inheritdoc/>
    public string? GetVariable(string name) => Environment.GetEnvironmentVariable(name);
}
