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

/// <summary>How the names of environment variables are spelled.</summary>
public static class VariableNames
{
    /// <summary>
    /// The names in both spellings, lowercase first. On Windows, which finds a variable by any spelling, only in the usual one.
    /// </summary>
    /// <param name="names">The names in lowercase.</param>
    /// <param name="ignoresCase">How this system compares names.</param>
    public static IEnumerable<string> InBothCases(IEnumerable<string> names, bool ignoresCase) =>
        names.SelectMany(name => ignoresCase ? [name.ToUpperInvariant()] : new[] { name, name.ToUpperInvariant() });

    /// <summary>The same, on this system.</summary>
    public static IEnumerable<string> InBothCases(params IEnumerable<string> names) => InBothCases(names, OperatingSystem.IsWindows());
}
