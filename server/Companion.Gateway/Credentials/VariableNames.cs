namespace Companion.Gateway.Credentials;

/// <summary>How the names of environment variables are spelled.</summary>
public static class VariableNames
{
    /// <summary>The names in both spellings, lowercase first. On Windows, which finds a variable by any spelling, only in the usual one.</summary>
    /// <param name="names">The names in lowercase.</param>
    public static string[] InBothCases(params string[] names) => InBothCases(names, OperatingSystem.IsWindows());

    internal static string[] InBothCases(string[] names, bool ignoresCase) =>
        [.. names.SelectMany(name => ignoresCase ? [name.ToUpperInvariant()] : new[] { name, name.ToUpperInvariant() })];
}
